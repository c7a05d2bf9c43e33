package dev.weir.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.AuditDirectory.Anchor;
import dev.weir.audit.ChainCheck.Report;
import dev.weir.audit.Seal.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

    private static final String CHAIN = "chain";
    private static final AuditKey KEY = AuditKey.of("k".repeat(32));
    private static final AuditKey OTHER = AuditKey.of("o".repeat(32));

    private static Fact fact(long n) {
        Where place = new Where("room", "turn", "branch" + n, "model");
        String text = n % 3 == 0 ? "" : "text " + n;
        return new Fact(1000 + n, Kind.TEXT, new Who("ada", "org"), place, "", "", text, 1);
    }

    /** A chain of so many records, written in batches of three, with a checkpoint after each. */
    private static MemoryAuditStore chain(int length) {
        return write(new MemoryAuditStore(), CHAIN, length, KEY);
    }

    private static MemoryAuditStore write(MemoryAuditStore store, String chain, int length, AuditKey key) {
        return write(store, chain, Optional.empty(), length, key);
    }

    private static MemoryAuditStore write(
            MemoryAuditStore store, String chain, Optional<Seal> end, int length, AuditKey key) {
        Optional<Seal> before = end;
        String hash = end.map(Seal::hash).orElse("");
        List<AuditRecord> batch = new ArrayList<>();
        for (long n = end.map(Seal::seq).orElse(0L) + 1; n <= length; n++) {
            AuditRecord record = Hashing.next(chain, n, hash, fact(n));
            hash = record.hash();
            batch.add(record);
            if (batch.size() == 3 || n == length) {
                Seal head = key.sign(Purpose.HEAD, chain, n, hash, n);
                store.append(before, batch, head, Optional.of(key.sign(Purpose.CHECKPOINT, chain, n, hash, n)));
                before = Optional.of(head);
                batch = new ArrayList<>();
            }
        }
        return store;
    }

    private static Report check(MemoryAuditStore store) {
        return ChainCheck.of(store, CHAIN, List.of(KEY), List.of());
    }

    @Test
    void finds_nothing_wrong_in_a_chain_as_it_was_written() {
        Report report = check(chain(10));
        assertThat(report).isEqualTo(new Report(CHAIN, 1, 10, 10, 0, List.of()));
    }

    @Property(tries = 100)
    void finds_every_changed_field(
            @ForAll @IntRange(min = 1, max = 20) int seq, @ForAll @IntRange(max = 12) int field) {
        MemoryAuditStore store = chain(20);
        store.tamper(CHAIN, all -> replaced(all, seq, changed(all.get(seq - 1), field)));
        assertThat(check(store).problems()).anyMatch(it -> it.contains(" " + seq + " "));
    }

    private static List<AuditRecord> replaced(List<AuditRecord> all, int seq, AuditRecord by) {
        List<AuditRecord> changed = new ArrayList<>(all);
        changed.set(seq - 1, by);
        return changed;
    }

    private static AuditRecord changed(AuditRecord it, int field) {
        Fact f = it.fact();
        Where p = f.place();
        Fact fact = switch (field) {
            case 0 -> new Fact(f.atMillis() + 1, f.kind(), f.who(), p, f.action(), f.subject(), f.text(), f.amount());
            case 1 -> new Fact(f.atMillis(), Kind.VERDICT, f.who(), p, f.action(), f.subject(), f.text(), f.amount());
            case 2 -> new Fact(f.atMillis(), f.kind(), new Who("eve", "org"), p, "", "", f.text(), f.amount());
            case 3 -> new Fact(f.atMillis(), f.kind(), new Who("ada", "x"), p, "", "", f.text(), f.amount());
            case 4 -> place(f, new Where("x", p.turn(), p.branch(), p.model()));
            case 5 -> place(f, new Where(p.room(), "x", p.branch(), p.model()));
            case 6 -> place(f, new Where(p.room(), p.turn(), "x", p.model()));
            case 7 -> place(f, new Where(p.room(), p.turn(), p.branch(), "x"));
            case 8 -> new Fact(f.atMillis(), f.kind(), f.who(), p, "x", "", f.text(), f.amount());
            case 9 -> new Fact(f.atMillis(), f.kind(), f.who(), p, "", "x", f.text(), f.amount());
            case 10 -> f.with(f.text(), 2);
            case 11 -> f.with(f.text() + "!", 1);
            default -> f;
        };
        String textHash = field == 12 ? "0".repeat(64) : it.textHash();
        return new AuditRecord(it.chain(), it.seq(), fact, it.salt(), textHash, it.hash());
    }

    private static Fact place(Fact f, Where where) {
        return new Fact(f.atMillis(), f.kind(), f.who(), where, f.action(), f.subject(), f.text(), f.amount());
    }

    @Property(tries = 100)
    void finds_missing_records_wherever(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 20) Integer> gone) {
        MemoryAuditStore store = chain(20);
        store.tamper(
                CHAIN,
                all -> all.stream().filter(it -> !gone.contains((int) it.seq())).toList());
        assertThat(check(store).problems()).anyMatch(it -> it.contains("missing"));
    }

    @Property(tries = 50)
    void finds_swapped_records(@ForAll @IntRange(min = 1, max = 19) int seq) {
        MemoryAuditStore store = chain(20);
        store.tamper(CHAIN, all -> {
            List<AuditRecord> swapped = new ArrayList<>(all);
            Collections.swap(swapped, seq - 1, seq);
            return numbered(swapped);
        });
        assertThat(check(store).good()).isFalse();
    }

    @Property(tries = 50)
    void finds_an_inserted_record(@ForAll @IntRange(min = 1, max = 20) int seq) {
        MemoryAuditStore store = chain(20);
        store.tamper(CHAIN, all -> {
            List<AuditRecord> more = new ArrayList<>(all);
            more.add(
                    seq - 1,
                    Hashing.next(CHAIN, seq, seq == 1 ? "" : all.get(seq - 2).hash(), fact(99)));
            return numbered(more);
        });
        assertThat(check(store).good()).isFalse();
    }

    private static List<AuditRecord> numbered(List<AuditRecord> all) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> {
                    AuditRecord it = all.get(i);
                    return new AuditRecord(it.chain(), i + 1, it.fact(), it.salt(), it.textHash(), it.hash());
                })
                .toList();
    }

    @Property(tries = 50)
    void finds_a_chain_that_was_written_anew_from_some_record_on(@ForAll @IntRange(min = 1, max = 20) int from) {
        MemoryAuditStore store = chain(20);
        store.tamper(CHAIN, all -> {
            List<AuditRecord> forged = new ArrayList<>(all.subList(0, from - 1));
            String hash = from == 1 ? "" : all.get(from - 2).hash();
            for (int n = from; n <= 20; n++) {
                forged.add(Hashing.next(CHAIN, n, hash, fact(n + 50)));
                hash = forged.getLast().hash();
            }
            store.head(OTHER.sign(Purpose.HEAD, CHAIN, 20, hash, 20));
            return forged;
        });
        store.forgetCheckpoints();
        assertThat(check(store).problems()).anyMatch(it -> it.contains("not here"));
        store.head(new Seal(Purpose.HEAD, CHAIN, 20, store.all().getLast().hash(), 20, KEY.id(), "0".repeat(64)));
        assertThat(check(store).problems()).anyMatch(it -> it.contains("false"));
    }

    @Test
    void finds_a_cut_end_even_with_the_seal_of_an_earlier_end_as_long_as_something_remembers() {
        MemoryAuditStore store = chain(20);
        Anchor anchor = new Anchor(CHAIN, 20, store.all().getLast().hash());
        Seal earlier = KEY.sign(Purpose.HEAD, CHAIN, 12, store.all().get(11).hash(), 12);
        store.tamper(CHAIN, all -> all.subList(0, 12));
        assertThat(check(store).problems()).anyMatch(it -> it.contains("last records are missing"));

        store.head(earlier);
        assertThat(check(store).problems()).as("the checkpoints remember").isNotEmpty();

        store.forgetCheckpoints();
        assertThat(check(store).good()).as("nothing in the store remembers").isTrue();
        assertThat(ChainCheck.of(store, CHAIN, List.of(KEY), List.of(anchor)).problems())
                .anyMatch(it -> it.contains("anchor outside the database"));
    }

    @Test
    void finds_that_a_whole_chain_is_gone_when_the_anchor_remembers_it() {
        List<Report> reports = ChainCheck.all(new MemoryAuditStore(), List.of(KEY), List.of(new Anchor(CHAIN, 3, "x")));
        assertThat(reports).singleElement().matches(it -> !it.good());
    }

    @Test
    void takes_no_seal_of_an_end_for_the_seal_of_a_beginning() {
        MemoryAuditStore store = chain(20);
        Seal end = KEY.sign(Purpose.HEAD, CHAIN, 12, store.all().get(11).hash(), 12);
        store.shorten(new Seal(Purpose.START, CHAIN, 12, end.hash(), 12, end.key(), end.mac()));
        assertThat(check(store).problems()).anyMatch(it -> it.contains("beginning is false"));
    }

    @Test
    void finds_nothing_wrong_in_a_chain_that_is_being_written() {
        MemoryAuditStore store = chain(6);
        store.afterTheEnd(() -> write(store, CHAIN, store.chain(CHAIN).head(), 12, KEY));
        assertThat(check(store)).isEqualTo(new Report(CHAIN, 1, 6, 6, 0, List.of()));
        assertThat(check(store)).isEqualTo(new Report(CHAIN, 1, 12, 12, 0, List.of()));
    }

    @Test
    void finds_records_after_the_end() {
        MemoryAuditStore store = chain(5);
        store.tamper(CHAIN, all -> {
            List<AuditRecord> more = new ArrayList<>(all);
            more.add(Hashing.next(CHAIN, 6, all.getLast().hash(), fact(6)));
            return more;
        });
        assertThat(check(store).problems()).singleElement().asString().contains("after the end");
    }

    @Test
    void accepts_a_beginning_that_was_cut_off_on_purpose() {
        MemoryAuditStore store = chain(20);
        store.shorten(KEY.sign(Purpose.START, CHAIN, 7, store.all().get(6).hash(), 99));
        assertThat(check(store)).isEqualTo(new Report(CHAIN, 8, 20, 13, 0, List.of()));

        store.shorten(KEY.sign(Purpose.START, CHAIN, 20, store.all().getLast().hash(), 99));
        assertThat(check(store)).isEqualTo(new Report(CHAIN, 21, 20, 0, 0, List.of()));
    }

    @Test
    void accepts_erased_texts_and_counts_them() {
        MemoryAuditStore store = chain(9);
        store.eraseTexts(AuditQuery.ofRoom("room"));
        assertThat(check(store)).isEqualTo(new Report(CHAIN, 1, 9, 9, 6, List.of()));
        assertThat(store.all()).allSatisfy(it -> assertThat(it.text()).isEmpty());
    }

    @Test
    void keeps_chains_apart() {
        MemoryAuditStore store = chain(4);
        write(store, "second", 6, KEY);
        store.tamper("second", all -> all.subList(1, 6));
        List<Report> reports = ChainCheck.all(store, List.of(KEY), List.of());
        assertThat(reports).extracting(Report::chain).containsExactly(CHAIN, "second");
        assertThat(reports).extracting(Report::good).containsExactly(true, false);
    }

    @Test
    void says_which_key_is_missing() {
        MemoryAuditStore store = chain(3);
        assertThat(ChainCheck.of(store, CHAIN, List.of(OTHER), List.of()).problems())
                .allMatch(it -> it.contains(KEY.id()) && it.contains("--key"));
    }

    @Test
    void shows_nothing_of_a_key() {
        assertThat(KEY.toString()).doesNotContain("kkk").contains(KEY.id());
        assertThat(KEY.id()).hasSize(16).isNotEqualTo(OTHER.id());
    }

    @Test
    void finds_records_by_their_time() {
        MemoryAuditStore store = chain(9);
        assertThat(store.lastBefore(CHAIN, Instant.ofEpochMilli(1004), 100))
                .hasValueSatisfying(it -> assertThat(it.seq()).isEqualTo(3));
    }
}
