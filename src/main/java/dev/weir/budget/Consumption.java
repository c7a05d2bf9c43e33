package dev.weir.budget;

import dev.weir.event.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What is being used on this node now, and its sums since it started. Thread-safe. */
@ApplicationScoped
public class Consumption {

    /** Of each kind, the most that are kept; beyond it those that were idle for longest are forgotten. */
    static final int MOST = 10_000;

    /** By what sums are kept. */
    public enum By {
        USER(Payer::user),
        ORGANISATION(Payer::organisation),
        KEY(Payer::key),
        ROOM(Payer::room),
        MODEL(Payer::model);

        private final Function<Payer, String> key;

        By(Function<Payer, String> key) {
            this.key = key;
        }

        public String of(Payer payer) {
            return key.apply(payer);
        }
    }

    /**
     * An answer that is being written, as the ledger sees it.
     *
     * @param answer its id
     * @param outputTokens so far, as estimated
     * @param micros its price so far, input included
     */
    public record Live(String answer, Payer payer, Instant since, long inputTokens, long outputTokens, long micros) {}

    /** What the ledger knows of an answer that is being written. */
    interface Running {
        String id();

        Payer payer();

        Instant since();

        /** So far, as estimated, with what other nodes have used for it. */
        Usage used();

        /** The part of it that other nodes have used. */
        Usage before();
    }

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Map<By, Map<String, Totals>> settled = new EnumMap<>(By.class);
    private final Flow flow;

    public Consumption() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    Consumption(LongSupplier nanos) {
        flow = new Flow(nanos);
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

    void begun(Running answer) {
        running.add(answer);
    }

    void gone(Running answer) {
        running.remove(answer);
        synchronized (flow) {
            flow.gone(answer);
        }
    }

    /** An answer that was being written has ended with this bill. */
    void ended(Running answer, Usage bill) {
        running.remove(answer);
        synchronized (flow) {
            flow.ended(answer, bill);
        }
        add(answer.payer(), bill);
    }

    /** Something was used that was not being written. */
    void used(Payer payer, Usage usage) {
        synchronized (flow) {
            flow.used(payer, usage);
        }
        add(payer, usage);
    }

    private void add(Payer payer, Usage usage) {
        synchronized (settled) {
            for (By by : By.values()) {
                kept(by).compute(by.of(payer), (key, sum) -> (sum == null ? Totals.ZERO : sum).plus(usage));
            }
        }
    }

    /** The answers that are being written on this node. */
    public List<Live> live() {
        return running.stream().map(Consumption::live).toList();
    }

    private static Live live(Running answer) {
        Usage used = answer.used();
        return new Live(
                answer.id(), answer.payer(), answer.since(), used.inputTokens(), used.outputTokens(), used.micros());
    }

    /**
     * What was used on this node since a question, also by what still runs.
     *
     * @param upTo what the next question is to say
     * @param used without what was corrected downwards; for a payer of empty ids where there were too many
     */
    public record Used(long upTo, Map<Payer, Usage> used) {}

    /**
     * What was used here since the last question of somebody; several may ask, each with what they were told.
     *
     * @param since 0 for the first question, which is answered by nothing, as it is when nobody has asked for 10 s
     */
    public Used usedSince(long since) {
        synchronized (flow) {
            return flow.since(since, running);
        }
    }

    /** The sums by users, organisations, keys, rooms or models, by their ids, with what runs now. */
    public Map<String, Totals> totals(By by) {
        Map<String, Totals> totals;
        synchronized (settled) {
            totals = new LinkedHashMap<>(kept(by));
        }
        for (Live live : live()) {
            totals.compute(
                    by.of(live.payer()), (key, sum) -> (sum == null ? Totals.ZERO : sum).running(live.outputTokens()));
        }
        return totals;
    }

    private Map<String, Totals> kept(By by) {
        return settled.computeIfAbsent(by, it -> new Latest());
    }
}
