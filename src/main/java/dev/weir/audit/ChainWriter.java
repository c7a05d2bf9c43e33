package dev.weir.audit;

import dev.weir.audit.AuditDirectory.Anchor;
import dev.weir.audit.Seal.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's end of its chain: adds records to it. Used by one thread, except {@link #head}. */
final class ChainWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
    private static final long CHECKPOINT_RECORDS = 4096;
    private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

    private static final int MOST_REMOVED = 10_000;

    private final AuditStore store;
    private final AuditDirectory directory;
    private final AuditKey key;
    private final String chain;
    private volatile Optional<Seal> head = Optional.empty();
    private long lastCheckpoint;
    private long checkpointAt;

    ChainWriter(AuditStore store, AuditDirectory directory, AuditKey key) {
        this.store = store;
        this.directory = directory;
        this.key = key;
        this.chain = directory.chain();
    }

    /** Where the chain ends; empty before its first record. */
    Optional<Seal> head() {
        return head;
    }

    String chain() {
        return chain;
    }

    /** Finds the chain's end. Returns what to record about it. */
    List<Fact> open(long now) {
        head = store.chain(chain).head();
        checkpointAt = now;
        lastCheckpoint = head.map(Seal::seq).orElse(0L);
        List<Fact> facts = new ArrayList<>();
        directory.anchor().flatMap(this::mismatch).ifPresent(it -> facts.add(wrong(now, it)));
        facts.add(fact(now, "audit.open", ""));
        return facts;
    }

    private Optional<String> mismatch(Anchor anchor) {
        long last = head.map(Seal::seq).orElse(0L);
        if (!anchor.chain().equals(chain)) {
            return Optional.of("The file audit/anchor is of another chain, " + anchor.chain() + ".");
        }
        if (anchor.seq() > last) {
            return Optional.of("The chain went to record " + anchor.seq() + " and now ends at " + last + ".");
        }
        boolean other = store.read(chain, anchor.seq(), 1).stream()
                .anyMatch(it -> it.seq() == anchor.seq() && !it.hash().equals(anchor.hash()));
        return other ? Optional.of("Record " + anchor.seq() + " is not the one that was written.") : Optional.empty();
    }

    private static Fact wrong(long now, String what) {
        LOG.error("The audit does not end as this node has left it: {} Check it with ./weir audit verify.", what);
        return fact(now, "audit.mismatch", what);
    }

    static Fact fact(long now, String action, String details) {
        return new Fact(now, Kind.CHAIN, Who.WEIR, Where.NONE, action, "", details, 1);
    }

    /**
     * Adds the facts to the chain; when this throws, none of them.
     *
     * @param last whether the chain is closed with them
     */
    void append(List<Fact> facts, long now, boolean last) {
        Optional<Seal> before = head;
        long seq = before.map(Seal::seq).orElse(0L);
        String hash = before.map(Seal::hash).orElse("");
        List<AuditRecord> records = new ArrayList<>();
        for (Fact fact : facts) {
            AuditRecord record = Hashing.next(chain, ++seq, hash, fact);
            hash = record.hash();
            records.add(record);
        }
        boolean mark =
                last || seq - lastCheckpoint >= CHECKPOINT_RECORDS || now - checkpointAt >= CHECKPOINT_EVERY.toMillis();
        Seal after = key.sign(Purpose.HEAD, chain, seq, hash, now);
        Optional<Seal> checkpoint =
                mark ? Optional.of(key.sign(Purpose.CHECKPOINT, chain, seq, hash, now)) : Optional.empty();
        store.append(before, records, after, checkpoint);
        head = Optional.of(after);
        checkpoint.ifPresent(it -> marked(it, now));
    }

    private void marked(Seal checkpoint, long now) {
        lastCheckpoint = checkpoint.seq();
        checkpointAt = now;
        directory.keep(new Anchor(chain, checkpoint.seq(), checkpoint.hash()));
        LOG.info("The audit goes to record {} of chain {}, {}", checkpoint.seq(), chain, checkpoint.hash());
    }

    /**
     * Looks where the chain ends after an append that failed.
     *
     * @return whether the append was kept after all, although it was not said
     */
    boolean kept(long seq) {
        Optional<Seal> found = store.chain(chain).head();
        boolean kept = found.isPresent() && found.get().seq() == seq && key.signed(found.get()) && !found.equals(head);
        if (kept) {
            head = found;
        }
        return kept;
    }

    /** The chain's end was moved by somebody else: goes on from where it is, and returns what to record about it. */
    Fact goOn(long now) {
        long expected = head.map(Seal::seq).orElse(0L);
        head = store.chain(chain).head();
        long found = head.map(Seal::seq).orElse(0L);
        return wrong(now, "It was left at record " + expected + " and now ends at " + found + ".");
    }

    /** Removes what is older than this, up to a number of each chain, and returns what to record about it. */
    List<Fact> shorten(Instant keepFrom, long now) {
        List<Fact> facts = new ArrayList<>();
        for (AuditStore.Chain one : store.chains()) {
            store.lastBefore(one.name(), keepFrom, MOST_REMOVED).ifPresent(it -> {
                store.shorten(key.sign(Purpose.START, it.chain(), it.seq(), it.hash(), now));
                String details = "Chain %s begins after record %d now: the records before %s were removed."
                        .formatted(it.chain(), it.seq(), keepFrom);
                facts.add(fact(now, "audit.shorten", details));
            });
        }
        return facts;
    }
}
