package dev.weir.cluster;

import com.hazelcast.map.EntryProcessor;
import dev.weir.budget.rate.Buckets;
import dev.weir.budget.rate.Rate;
import java.io.Serial;
import java.util.Map;

/** What is to be taken from a caller's buckets, on its way to them. */
final class RateTask implements EntryProcessor<String, Buckets, Rate> {

    @Serial
    private static final long serialVersionUID = 1;

    private final Buckets.Take take;

    RateTask(Buckets.Take take) {
        this.take = take;
    }

    @Override
    public Rate process(Map.Entry<String, Buckets> entry) {
        Buckets.Taken taken = Buckets.take(entry.getValue(), take);
        entry.setValue(taken.buckets());
        return taken.rate();
    }
}
