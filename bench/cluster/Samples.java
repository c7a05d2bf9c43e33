package cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured nanoseconds. */
final class Samples {

    private final List<Long> values = new ArrayList<>();

    void add(long nanos) {
        values.add(nanos);
    }

    int size() {
        return values.size();
    }

    /** In milliseconds; NaN when nothing was measured. */
    double millis(double percentile) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int place = (int) Math.ceil(percentile / 100 * sorted.size()) - 1;
        return sorted.get(Math.max(0, place)) / 1e6;
    }

    double longest() {
        return millis(100);
    }
}
