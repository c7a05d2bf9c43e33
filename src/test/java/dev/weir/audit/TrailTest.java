package dev.weir.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.audit.ChainCheck.Report;
import dev.weir.event.Event.ToolCall;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.FakeBranch;
import dev.weir.pipeline.InterceptorFailure;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailTest {

    private static final AuditKey KEY = AuditKey.of("k".repeat(32));
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path data;

    private final MemoryAuditStore store = new MemoryAuditStore();
    private final AtomicLong nanos = new AtomicLong(1);
    private final List<Trail> trails = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @AfterEach
    void stop() {
        store.hang(null);
        trails.forEach(it -> it.stop(SOON));
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    private Trail trail(WhenUnavailable what, long most) {
        return trail(what, most, data);
    }

    private Trail trail(WhenUnavailable what, long most, Path directory) {
        AuditSettings settings =
                new AuditSettings(what, Duration.ofSeconds(10), most, Duration.ofMillis(1), Duration.ofDays(365));
        Trail trail = new Trail(store, new AuditDirectory(directory), KEY, settings, () -> now, nanos::get);
        trails.add(trail);
        trail.start();
        return trail;
    }

    private Trail trail(WhenUnavailable what) {
        return trail(what, 1 << 20);
    }

    private static boolean flushed(Trail trail) {
        soon().until(() -> trail.flush(Duration.ofSeconds(20)));
        return true;
    }

    private List<String> texts() {
        return store.all().stream()
                .filter(it -> it.fact().kind() == Kind.TEXT)
                .map(it -> it.fact().text())
                .toList();
    }

    private List<String> actions() {
        return store.all().stream()
                .map(it -> it.fact().action())
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private long amount(Kind kind) {
        return store.all().stream()
                .map(AuditRecord::fact)
                .filter(it -> it.kind() == kind)
                .mapToLong(Fact::amount)
                .sum();
    }

    private List<Report> check() {
        return ChainCheck.all(
                store, List.of(KEY), new AuditDirectory(data).anchor().stream().toList());
    }

    private static Chain chain(Trail trail, FakeBranch shown, StreamInterceptor... before) {
        List<StreamInterceptor> all = new ArrayList<>(List.of(before));
        all.add(new AuditInterceptor(trail));
        return new Pipeline(all, key -> Optional.empty()).open(shown, shown);
    }

    @Test
    void writes_what_is_let_through_with_who_where_and_when() {
        Trail trail = trail(WhenUnavailable.FAIL);
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown);
        chain.delta("Hello ");
        chain.delta("there");
        chain.toolCall(new ToolCall("call", "look_up", "{}"));
        chain.end();
        assertThat(flushed(trail)).isTrue();

        assertThat(String.join("", texts())).isEqualTo("Hello there");
        Fact text = store.all().stream()
                .map(AuditRecord::fact)
                .filter(it -> it.kind() == Kind.TEXT)
                .findFirst()
                .orElseThrow();
        assertThat(text.who()).isEqualTo(new Who("u", "o"));
        assertThat(text.place()).isEqualTo(new Where("r", "t", "b", "m"));
        assertThat(text.atMillis()).isEqualTo(now.toEpochMilli());
        assertThat(store.all())
                .anyMatch(it ->
                        it.fact().kind() == Kind.TOOL_CALL && it.fact().text().equals("look_up {}"));
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void writes_translations_with_their_language_and_none_after_a_block() {
        Trail trail = trail(WhenUnavailable.FAIL);
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown, new Guard());
        chain.delta("kept");
        chain.variant("fr", "fr:kept");
        chain.delta("bomb");
        chain.variant("fr", "fr:bomb");
        assertThat(flushed(trail)).isTrue();

        assertThat(store.all().stream()
                        .map(AuditRecord::fact)
                        .filter(it -> it.kind() == Kind.TRANSLATION)
                        .map(it -> it.subject() + " " + it.text()))
                .containsExactly("fr fr:kept");
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void joins_deltas_of_a_batch_and_keeps_surrogate_pairs_whole() {
        store.hang(new CountDownLatch(0));
        CountDownLatch latch = new CountDownLatch(1);
        Trail trail = trail(WhenUnavailable.FAIL);
        assertThat(flushed(trail)).isTrue();
        store.hang(latch);
        trail.record(Who.WEIR, "first", "", "");
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown);
        for (String delta : List.of("a", "\uD83D", "\uDE00", "b", "\uD83D")) {
            chain.delta(delta);
        }
        chain.end();
        latch.countDown();
        assertThat(flushed(trail)).isTrue();

        assertThat(String.join("", texts())).isEqualTo("a😀b\uFFFD");
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void records_nothing_that_a_guard_holds_removes_or_passes_on_after_a_block() {
        Trail trail = trail(WhenUnavailable.FAIL);
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown, new Guard());
        chain.delta("kept ");
        chain.delta("secret ");
        chain.delta("held");
        chain.delta("bomb after");
        assertThat(flushed(trail)).isTrue();

        assertThat(shown.text).hasToString("kept ******* ");
        assertThat(String.join("", texts())).isEqualTo(shown.text.toString());
        assertThat(store.all().toString()).doesNotContain("secret", "held", "after");
    }

    /** Redacts, holds and blocks by simple words, and passes text on after it has blocked. */
    private static final class Guard implements StreamInterceptor {
        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Stage open(BranchContext branch, Stage next) {
            return new Stage() {
                @Override
                public void delta(String text) {
                    if (text.contains("bomb")) {
                        branch.block("bomb", "No.");
                        next.delta(text);
                    } else if (!text.contains("held")) {
                        next.delta(text.replace("secret", "*******"));
                    }
                }

                @Override
                public void end() {
                    next.end();
                }
            };
        }
    }

    /** The store is down, and this has been waiting for it for too long. */
    private Chain late(Trail trail, FakeBranch shown, String first) {
        Chain chain = chain(trail, shown);
        assertThat(flushed(trail)).isTrue();
        store.down(true);
        chain.delta(first);
        soon().until(() -> trail.waiting() > 0);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        soon().until(() -> !trail.available());
        return chain;
    }

    @Test
    void fails_at_once_when_the_store_has_been_down_for_too_long_and_recovers() {
        Trail trail = trail(WhenUnavailable.FAIL);
        FakeBranch shown = new FakeBranch();
        Chain chain = late(trail, shown, "Waits. ");

        assertThatThrownBy(() -> chain.delta("Never shown.")).isInstanceOf(AuditUnavailable.class);
        assertThatThrownBy(() -> chain(trail, new FakeBranch())).isInstanceOf(InterceptorFailure.class);
        assertThat(shown.text).hasToString("Waits. ");

        store.down(false);
        assertThat(flushed(trail)).isTrue();
        assertThat(trail.available()).isTrue();
        assertThat(texts()).containsExactly("Waits. ");
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void fails_at_once_when_too_much_waits_on_a_store_that_hangs() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Trail trail = trail(WhenUnavailable.FAIL, 1000);
        assertThat(flushed(trail)).isTrue();
        store.hang(latch);
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown);
        CompletableFuture<Void> deltas = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 1000; i++) {
                chain.delta("delta");
            }
        });

        assertThatThrownBy(() -> deltas.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AuditUnavailable.class);
        assertThat(shown.text.length()).isLessThan(1000);
        latch.countDown();
        assertThat(flushed(trail)).isTrue();
        assertThat(String.join("", texts())).as("what was shown").isEqualTo(shown.text.toString());
    }

    @Test
    void goes_on_when_it_is_to_and_says_later_what_is_missing() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Trail trail = trail(WhenUnavailable.GO_ON, 1000);
        assertThat(flushed(trail)).isTrue();
        store.hang(latch);
        FakeBranch shown = new FakeBranch();
        Chain chain = chain(trail, shown);
        CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 1000; i++) {
                        chain.delta("delta");
                    }
                    chain.end();
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(shown.text).hasSize(5000);
        latch.countDown();
        assertThat(flushed(trail)).isTrue();
        soon().until(() -> amount(Kind.TEXT) + amount(Kind.GAP) == 1000);

        List<String> gaps = store.all().stream()
                .filter(it -> it.fact().kind() == Kind.GAP)
                .map(it -> it.fact().text())
                .toList();
        assertThat(gaps).isNotEmpty().allMatch(it -> it.contains("characters") && it.endsWith(" t"));
        assertThat(trail.lost()).isEqualTo(amount(Kind.GAP));
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void waits_when_it_is_to_until_the_store_is_back() throws Exception {
        Trail trail = trail(WhenUnavailable.WAIT);
        FakeBranch shown = new FakeBranch();
        Chain chain = late(trail, shown, "One. ");
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> chain.delta("Two."));
        assertThat(second).isNotDone();
        assertThat(chain(trail, new FakeBranch()).promptWaits()).isTrue();

        store.down(false);
        second.get(20, TimeUnit.SECONDS);
        assertThat(flushed(trail)).isTrue();
        assertThat(shown.text).hasToString("One. Two.");
        assertThat(String.join("", texts())).isEqualTo("One. Two.");
    }

    @Test
    void does_not_wait_for_long_once_the_answer_is_stopped() {
        Trail trail = trail(WhenUnavailable.WAIT);
        FakeBranch shown = new FakeBranch();
        Chain chain = late(trail, shown, "One. ");
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> chain.delta("Two."));
        shown.ending = true;

        soon().until(second::isDone);
        assertThat(second).isCompletedExceptionally();
        assertThat(shown.text).hasToString("One. ");
    }

    @Test
    void keeps_a_batch_once_although_the_answer_to_it_was_lost() {
        Trail trail = trail(WhenUnavailable.FAIL);
        assertThat(flushed(trail)).isTrue();
        int before = store.appends();
        store.losesAnswers(true);
        trail.record(Who.WEIR, "once", "", "");
        soon().until(() -> store.appends() > before);
        store.losesAnswers(false);
        assertThat(flushed(trail)).isTrue();
        trail.record(Who.WEIR, "twice", "", "");
        assertThat(flushed(trail)).isTrue();

        assertThat(actions()).containsExactly("audit.open", "once", "twice");
        assertThat(check()).allMatch(Report::good);
    }

    @Test
    void goes_on_with_its_chain_after_a_restart() {
        Trail first = trail(WhenUnavailable.FAIL);
        first.record(new Who("ada", "org"), "user.create", "ben", "name Ben");
        assertThat(flushed(first)).isTrue();
        first.stop(SOON);
        Trail second = trail(WhenUnavailable.FAIL);
        second.record(new Who("ada", "org"), "user.delete", "ben", "");
        assertThat(flushed(second)).isTrue();

        assertThat(actions()).containsExactly("audit.open", "user.create", "audit.close", "audit.open", "user.delete");
        assertThat(check()).singleElement().matches(Report::good);
        assertThat(second.head()).hasValueSatisfying(it -> assertThat(it.seq()).isEqualTo(5));
    }

    @Test
    void gives_two_nodes_two_chains() throws Exception {
        Path other = Files.createDirectory(data.resolve("other"));
        Trail one = trail(WhenUnavailable.FAIL);
        Trail two = trail(WhenUnavailable.FAIL, 1 << 20, other);
        one.record(Who.WEIR, "one", "", "");
        two.record(Who.WEIR, "two", "", "");
        assertThat(flushed(one)).isTrue();
        assertThat(flushed(two)).isTrue();

        assertThat(store.chains()).hasSize(2);
        assertThat(check()).hasSize(2).allMatch(Report::good);
    }

    @Test
    void records_that_its_chain_was_cut_while_it_was_away() {
        Trail first = trail(WhenUnavailable.FAIL);
        first.record(Who.WEIR, "gone", "", "");
        assertThat(flushed(first)).isTrue();
        Seal early = first.head().orElseThrow();
        first.record(Who.WEIR, "gone", "", "");
        assertThat(flushed(first)).isTrue();
        first.stop(SOON);
        store.tamper(early.chain(), all -> all.subList(0, (int) early.seq()));
        store.head(early);

        Trail second = trail(WhenUnavailable.FAIL);
        assertThat(flushed(second)).isTrue();
        soon().until(() -> actions().contains("audit.mismatch"));
    }

    @Test
    void records_that_its_chain_was_cut_while_it_wrote() {
        Trail trail = trail(WhenUnavailable.FAIL);
        trail.record(Who.WEIR, "one", "", "");
        assertThat(flushed(trail)).isTrue();
        Seal early = trail.head().orElseThrow();
        trail.record(Who.WEIR, "two", "", "");
        assertThat(flushed(trail)).isTrue();
        store.tamper(early.chain(), all -> all.subList(0, (int) early.seq()));
        store.head(early);
        trail.record(Who.WEIR, "three", "", "");
        assertThat(flushed(trail)).isTrue();

        soon().until(() -> actions().contains("audit.mismatch"));
        assertThat(actions()).contains("three");
    }

    @Test
    void removes_what_is_too_old_and_leaves_a_chain_that_can_be_checked() {
        Trail first = trail(WhenUnavailable.FAIL);
        first.record(Who.WEIR, "old", "", "");
        assertThat(flushed(first)).isTrue();
        first.stop(SOON);
        now = now.plus(Duration.ofDays(366));
        Trail second = trail(WhenUnavailable.FAIL);
        second.record(Who.WEIR, "new", "", "");
        assertThat(flushed(second)).isTrue();

        soon().until(() -> actions().contains("audit.shorten"));
        assertThat(actions()).contains("new").doesNotContain("old");
        assertThat(check()).singleElement().satisfies(it -> {
            assertThat(it.problems()).isEmpty();
            assertThat(it.first()).isEqualTo(4);
        });
    }

    @Test
    void keeps_key_and_anchor_where_only_the_servers_user_reads_them() throws Exception {
        AuditDirectory directory = new AuditDirectory(data);
        assertThat(directory.key()).isEmpty();
        AuditKey key = directory.ownKey();
        assertThat(directory.ownKey().id()).isEqualTo(key.id());
        assertThat(directory.chain()).isEqualTo(directory.chain()).hasSize(16);
        for (String name : List.of("key", "chain")) {
            Map<String, Object> attributes =
                    Files.readAttributes(data.resolve("audit").resolve(name), "posix:permissions");
            assertThat(attributes.toString()).doesNotContain("GROUP", "OTHERS");
        }
    }

    @Test
    void takes_nothing_away_from_deltas_with_a_store_that_hangs() {
        CountDownLatch latch = new CountDownLatch(1);
        for (WhenUnavailable what : List.of(WhenUnavailable.GO_ON, WhenUnavailable.FAIL)) {
            Trail trail = trail(what);
            assertThat(flushed(trail)).isTrue();
            store.hang(latch);
            FakeBranch shown = new FakeBranch();
            Chain chain = chain(trail, shown);
            BooleanSupplier done = () -> shown.text.length() == 500;
            CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    chain.delta("delta");
                }
            });
            soon().until(done::getAsBoolean);
        }
        latch.countDown();
    }
}
