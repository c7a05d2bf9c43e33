package dev.weir.budget;

import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Sums of this node since it started, by user, organisation, room and model. Thread-safe. */
@ApplicationScoped
public class MemoryLedger implements Ledger {

    /** Of each kind, the most that are kept; beyond it those that were idle for longest are forgotten. */
    static final int MOST = 10_000;

    /** By what sums are kept. */
    public enum By {
        USER(Payer::user),
        ORGANISATION(Payer::organisation),
        ROOM(Payer::room),
        MODEL(Payer::model);

        private final Function<Payer, String> key;

        By(Function<Payer, String> key) {
            this.key = key;
        }

        String of(Payer payer) {
            return key.apply(payer);
        }
    }

    private final Set<Open> running = ConcurrentHashMap.newKeySet();
    private final Map<By, Map<String, Totals>> settled = new EnumMap<>(By.class);

    public MemoryLedger() {
        for (By by : By.values()) {
            settled.put(by, new Latest());
        }
    }

    /** Forgets what was used longest ago. */
    private static final class Latest extends LinkedHashMap<String, Totals> {
        private static final long serialVersionUID = 1;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Totals> eldest) {
            return size() > MOST;
        }
    }

    @Override
    public Account open(Payer payer) {
        Open open = new Open(payer);
        running.add(open);
        return open;
    }

    /** The sums by users, organisations, rooms or models, by their ids, with what runs now. */
    public Map<String, Totals> totals(By by) {
        Map<String, Totals> totals;
        synchronized (settled) {
            totals = new LinkedHashMap<>(kept(by));
        }
        for (Open open : running) {
            totals.compute(
                    by.of(open.payer), (key, sum) -> (sum == null ? Totals.ZERO : sum).running(open.outputTokens));
        }
        return totals;
    }

    private Map<String, Totals> kept(By by) {
        return settled.computeIfAbsent(by, it -> new Latest());
    }

    private void settled(Payer payer, Usage usage) {
        synchronized (settled) {
            for (By by : By.values()) {
                kept(by).compute(by.of(payer), (key, sum) -> (sum == null ? Totals.ZERO : sum).plus(usage));
            }
        }
    }

    private final class Open implements Account {
        private final Payer payer;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile long outputTokens;

        Open(Payer payer) {
            this.payer = payer;
        }

        @Override
        public void running(long tokens) {
            outputTokens = tokens;
        }

        @Override
        public void settle(Usage usage, Outcome outcome) {
            if (over.compareAndSet(false, true)) {
                running.remove(this);
                settled(payer, usage);
            }
        }
    }
}
