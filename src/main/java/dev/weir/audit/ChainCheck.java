package dev.weir.audit;

import dev.weir.audit.AuditDirectory.Anchor;
import dev.weir.audit.AuditStore.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks one chain: whether each record is as it was written, follows the one before, and none is missing. Nodes may go on
 * writing meanwhile. Used once.
 */
public final class ChainCheck {

    private static final int PAGE = 1000;
    private static final int MOST_PROBLEMS = 100;

    private final AuditStore store;
    private final String name;
    private final Map<String, AuditKey> keys;
    private final List<String> problems = new ArrayList<>();
    private long records;
    private long erased;
    private long first;
    private long last;
    private String hash = "";

    private ChainCheck(AuditStore store, String name, List<AuditKey> keys) {
        this.store = store;
        this.name = name;
        this.keys = keys.stream().collect(Collectors.toMap(AuditKey::id, it -> it, (one, other) -> one));
    }

    /**
     * What was found.
     *
     * @param records how many there are
     * @param erased those of them whose text was erased
     * @param problems in plain words, at most {@value #MOST_PROBLEMS}; empty when all is well
     */
    public record Report(String chain, long first, long last, long records, long erased, List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
        }

        public boolean good() {
            return problems.isEmpty();
        }
    }

    /**
     * Checks every chain of a store.
     *
     * @param keys that seals may be signed with
     * @param anchors how far chains went at least, as somebody outside the store remembers it
     */
    public static List<Report> all(AuditStore store, List<AuditKey> keys, List<Anchor> anchors) {
        List<Report> reports = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        store.chains().forEach(it -> names.add(it.name()));
        anchors.forEach(it -> names.add(it.chain()));
        names.forEach(it -> reports.add(of(store, it, keys, anchors)));
        return reports;
    }

    /** Checks one chain. */
    public static Report of(AuditStore store, String chain, List<AuditKey> keys, List<Anchor> anchors) {
        return new ChainCheck(store, chain, keys)
                .report(anchors.stream().filter(it -> it.chain().equals(chain)).toList());
    }

    private Report report(List<Anchor> anchors) {
        // Before the end is read: its node may go on writing, and later checkpoints stand for records after this end.
        List<Seal> checkpoints = store.checkpoints(name);
        Chain chain = store.chain(name);
        begin(chain);
        List<Mark> marks = marks(checkpoints, chain, anchors);
        long through = chain.head().map(Seal::seq).orElse(Long.MAX_VALUE);
        records(through, marks);
        marks.forEach(this::reached);
        afterTheHead(chain);
        return new Report(name, first, last, records, erased, problems);
    }

    private void begin(Chain chain) {
        chain.start().ifPresent(it -> {
            checkSeal(it, "the beginning");
            last = it.seq();
            hash = it.hash();
        });
        first = last + 1;
        if (chain.head().isEmpty()) {
            problem("The seal of its end is missing.");
        }
    }

    /** A place that the chain must go through. */
    private record Mark(String what, long seq, String hash) {}

    private List<Mark> marks(List<Seal> checkpoints, Chain chain, List<Anchor> anchors) {
        List<Mark> marks = new ArrayList<>();
        for (Seal checkpoint : checkpoints) {
            checkSeal(checkpoint, "a checkpoint at record " + checkpoint.seq());
            marks.add(new Mark("a checkpoint", checkpoint.seq(), checkpoint.hash()));
        }
        chain.head().ifPresent(it -> {
            checkSeal(it, "the end");
            marks.add(new Mark("the seal of the end", it.seq(), it.hash()));
        });
        anchors.forEach(it -> marks.add(new Mark("an anchor outside the database", it.seq(), it.hash())));
        return marks;
    }

    private void checkSeal(Seal seal, String of) {
        AuditKey key = keys.get(seal.key());
        if (key == null) {
            problem("The seal of %s was signed with the key %s, which is not here. Name it with --key."
                    .formatted(of, seal.key()));
        } else if (!key.signed(seal)) {
            problem("The seal of " + of + " is false.");
        }
    }

    private void records(long through, List<Mark> marks) {
        Map<Long, List<Mark>> places = marks.stream().collect(Collectors.groupingBy(Mark::seq));
        check(places.getOrDefault(last, List.of()));
        List<AuditRecord> page = store.read(name, Long.MIN_VALUE, PAGE);
        while (!page.isEmpty()) {
            for (AuditRecord record : page) {
                if (record.seq() > through) {
                    return;
                }
                check(record);
                check(places.getOrDefault(record.seq(), List.of()));
            }
            page = store.read(name, page.getLast().seq() + 1, PAGE);
        }
    }

    private void check(AuditRecord record) {
        if (record.seq() <= last) {
            problem("Record " + record.seq() + " stands before the beginning of the chain.");
            return;
        }
        boolean follows = record.seq() == last + 1;
        if (!follows) {
            missing(last + 1, record.seq() - 1);
        } else if (!Hashing.hash(hash, record).equals(record.hash())) {
            problem("Record %d was changed, or the one before it.".formatted(record.seq()));
        }
        if (record.erased()) {
            erased++;
        } else if (!Objects.equals(record.textHash(), textHash(record))) {
            problem("The text of record " + record.seq() + " was changed.");
        }
        records++;
        last = record.seq();
        hash = record.hash();
    }

    private static String textHash(AuditRecord record) {
        boolean none = record.salt().isEmpty() && record.fact().text().isEmpty();
        return none ? "" : Hashing.textHash(record.salt(), record.fact().text());
    }

    private void missing(long from, long to) {
        problem(from == to ? "Record " + from + " is missing." : "Records " + from + " to " + to + " are missing.");
    }

    private void check(List<Mark> marks) {
        for (Mark mark : marks) {
            if (!mark.hash().equals(hash)) {
                problem("Record %d is not the one that %s names: it, or one before it, was changed."
                        .formatted(mark.seq(), mark.what()));
            }
        }
    }

    /** A mark beyond the last record says what was cut off. */
    private void reached(Mark mark) {
        if (mark.seq() > last) {
            problem("The chain ends at record %d, but %s says that it went to %d: the last records are missing."
                    .formatted(last, mark.what(), mark.seq()));
        }
    }

    private void afterTheHead(Chain before) {
        long end = before.head().map(Seal::seq).orElse(last);
        List<AuditRecord> more = store.read(name, end + 1, 1);
        Chain now = store.chain(name);
        if (!more.isEmpty() && now.head().equals(before.head())) {
            problem("There are records after the end, from " + more.getFirst().seq() + " on.");
        }
    }

    private void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }
}
