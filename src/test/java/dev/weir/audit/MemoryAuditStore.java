package dev.weir.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps records in memory, can be down or hang, and lets its rows be tampered with. Thread-safe. */
public final class MemoryAuditStore implements AuditStore {

    private static final Comparator<AuditRecord> ORDER = Comparator.comparingLong(
                    (AuditRecord it) -> it.fact().atMillis())
            .thenComparing(AuditRecord::chain)
            .thenComparingLong(AuditRecord::seq);

    private final Map<String, List<AuditRecord>> records = new TreeMap<>();
    private final Map<String, Seal> starts = new TreeMap<>();
    private final Map<String, Seal> heads = new TreeMap<>();
    private final Map<String, List<Seal>> checkpoints = new TreeMap<>();
    private volatile boolean down;
    private volatile boolean losesAnswers;
    private volatile @Nullable CountDownLatch hanging;
    private int appends;
    private Runnable afterTheEnd = () -> {};

    /** Done once, right after the next reading of a chain's end. */
    synchronized void afterTheEnd(Runnable work) {
        afterTheEnd = work;
    }

    void down(boolean now) {
        down = now;
    }

    /** Keeps what it is given and says that it has failed. */
    void losesAnswers(boolean now) {
        losesAnswers = now;
    }

    /** Does not return from appending until the latch is at zero. */
    void hang(@Nullable CountDownLatch until) {
        hanging = until;
    }

    synchronized int appends() {
        return appends;
    }

    /** The records of the only chain. */
    synchronized List<AuditRecord> all() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    synchronized void tamper(String chain, UnaryOperator<List<AuditRecord>> how) {
        records.put(chain, new ArrayList<>(how.apply(List.copyOf(records.getOrDefault(chain, List.of())))));
    }

    synchronized void head(Seal seal) {
        heads.put(seal.chain(), seal);
    }

    synchronized void forgetCheckpoints() {
        checkpoints.clear();
    }

    @Override
    public synchronized List<Chain> chains() {
        return records.keySet().stream().map(this::chain).toList();
    }

    @Override
    public synchronized Chain chain(String name) {
        Chain chain = new Chain(name, Optional.ofNullable(starts.get(name)), Optional.ofNullable(heads.get(name)));
        Runnable work = afterTheEnd;
        afterTheEnd = () -> {};
        work.run();
        return chain;
    }

    @Override
    public void append(Optional<Seal> before, List<AuditRecord> more, Seal head, Optional<Seal> checkpoint) {
        CountDownLatch latch = hanging;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        synchronized (this) {
            appends++;
            if (down) {
                throw new IllegalStateException("The store is down.");
            }
            if (!before.equals(Optional.ofNullable(heads.get(head.chain())))) {
                throw new Moved(head.chain());
            }
            records.computeIfAbsent(head.chain(), it -> new ArrayList<>()).addAll(more);
            heads.put(head.chain(), head);
            checkpoint.ifPresent(it -> checkpoints
                    .computeIfAbsent(it.chain(), name -> new ArrayList<>())
                    .add(it));
        }
        if (losesAnswers) {
            throw new IllegalStateException("The connection was lost.");
        }
    }

    @Override
    public synchronized List<AuditRecord> read(String chain, long from, int limit) {
        return records.getOrDefault(chain, List.of()).stream()
                .filter(it -> it.seq() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Seal> checkpoints(String chain) {
        return List.copyOf(checkpoints.getOrDefault(chain, List.of()));
    }

    @Override
    public synchronized Optional<AuditRecord> lastBefore(String chain, Instant moment, int most) {
        return records.getOrDefault(chain, List.of()).stream()
                .limit(most)
                .takeWhile(it -> it.at().isBefore(moment))
                .reduce((one, other) -> other);
    }

    @Override
    public synchronized void shorten(Seal start) {
        records.getOrDefault(start.chain(), new ArrayList<>()).removeIf(it -> it.seq() <= start.seq());
        checkpoints.getOrDefault(start.chain(), new ArrayList<>()).removeIf(it -> it.seq() <= start.seq());
        starts.put(start.chain(), start);
    }

    @Override
    public List<AuditRecord> find(AuditQuery query, Optional<AuditPlace> after, int limit) {
        Comparator<AuditRecord> order = query.oldestFirst() ? ORDER : ORDER.reversed();
        return all().stream()
                .filter(it -> it.fact().action().startsWith(query.actions()))
                .filter(it -> query.kind().isEmpty()
                        || query.kind().get() == it.fact().kind())
                .filter(it -> query.user().isEmpty()
                        || query.user().equals(it.fact().subject())
                        || query.user().equals(it.fact().who().user()))
                .sorted(order)
                .dropWhile(it -> after.isPresent() && !AuditPlace.of(it).equals(after.get()))
                .skip(after.isPresent() ? 1 : 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long eraseTexts(AuditQuery query) {
        records.replaceAll((chain, all) ->
                new ArrayList<>(all.stream().map(MemoryAuditStore::erased).toList()));
        return 1;
    }

    static AuditRecord erased(AuditRecord it) {
        Fact fact = it.fact().with("", it.fact().amount());
        return new AuditRecord(it.chain(), it.seq(), fact, "", it.textHash(), it.hash());
    }
}
