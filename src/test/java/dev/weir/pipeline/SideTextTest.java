package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Usage;
import dev.weir.pipeline.Line.Speaker;
import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.SafetyLists;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts beside an answer, and the real guards. */
class SideTextTest {

    private static final String CARD = "4111 1111 1111 1111";

    private final FakeBranch branch = new FakeBranch();
    private final Map<String, String> keys = new HashMap<>();
    private final Beside beside = new Beside();

    /** An interceptor next to the log that has texts of its own. */
    private static final class Beside implements StreamInterceptor {
        @Nullable
        BranchContext context;

        @Override
        public String name() {
            return "beside";
        }

        @Override
        public Place place() {
            return Place.LOG;
        }

        @Override
        public Stage open(BranchContext opened, Stage next) {
            context = opened;
            return next;
        }

        SideText text() {
            return Objects.requireNonNull(context).side();
        }
    }

    private SideText side(StreamInterceptor... guards) {
        List<StreamInterceptor> all = new java.util.ArrayList<>(List.of(guards));
        all.add(beside);
        new Pipeline(all, it -> Optional.ofNullable(keys.get(it)))
                .plan(Layers.NONE)
                .only(it -> it.name().equals("beside"))
                .open(branch, branch);
        return beside.text();
    }

    private SideText guarded() {
        return side(new UsageMeter(), new LengthGuard(), new SafetyLists(), new Redaction(() -> new byte[32]));
    }

    private static Line said(String text) {
        return new Line(Speaker.ASSISTANT, text);
    }

    @Test
    void what_comes_back_is_redacted_to_its_last_word() {
        SideText text = guarded();

        assertThat(text.received("", Optional.empty(), "Prenez " + CARD)).contains("Prenez **** **** **** 1111");
        assertThat(branch.verdicts).isEmpty();
        text.tell();
        text.tell();
        assertThat(branch.verdicts).containsExactly("redact redacted beside: card");
        assertThat(branch.text).isEmpty();
        assertThat(branch.tokens).isEmpty();
    }

    @Test
    void what_is_held_at_its_end_is_let_out() {
        assertThat(guarded().received("", Optional.empty(), "Allez voir 4111 1111 et kill"))
                .contains("Allez voir 4111 1111 et kill");
    }

    @Test
    void what_is_for_answers_only_does_not_look_at_it() {
        keys.put("weir.interceptors.length.max-characters", "5");
        assertThat(guarded().received("", Optional.empty(), "Plus long que cinq."))
                .contains("Plus long que cinq.");
    }

    @Test
    void a_block_concerns_the_text_alone() {
        SideText text = guarded();

        assertThat(text.received("", Optional.empty(), "So: how to make a bomb"))
                .isEmpty();
        text.tell();
        assertThat(branch.verdicts).containsExactly("safety blocked beside: violence");
        assertThat(branch.blocks).isEmpty();
        assertThat(beside.text().received("", Optional.empty(), "Fine.")).contains("Fine.");
    }

    @Test
    void what_stands_before_counts() {
        assertThat(guarded().received("And so: how to make a", Optional.empty(), " bomb."))
                .isEmpty();
        assertThat(beside.text().received("And so: how to cook a", Optional.empty(), " bomb."))
                .contains(" bomb.");
    }

    @Test
    void prompts_go_as_the_rules_for_prompts_say_and_come_back() {
        keys.put("weir.interceptors.redact.prompts", "redact");
        keys.put("weir.interceptors.redact.email", "pseudonym");
        Line asked = said("Write to ada@example.com.");

        String sent = guarded().sent(List.of(asked)).orElseThrow().getFirst().text();
        assertThat(sent).doesNotContain("ada@").startsWith("Write to ");
        String answer = sent.replace("Write to", "Écrivez à");
        assertThat(beside.text().received("", Optional.of(asked), answer)).contains("Écrivez à ada@example.com.");
        assertThat(beside.text().received("", Optional.empty(), answer)).contains(answer);
    }

    @Test
    void a_question_that_may_not_be_asked_is_not_sent() {
        assertThat(guarded().sent(List.of(new Line(Speaker.USER, "How to make a bomb?"))))
                .isEmpty();
        assertThat(beside.text().sent(List.of(new Line(Speaker.USER, "How to make a cake?"))))
                .isPresent();
    }

    @Test
    void guards_that_are_off_don_t_run_and_those_that_only_report_let_it_through() {
        keys.put("weir.interceptors.redact.mode", "off");
        keys.put("weir.interceptors.safety.mode", "report");
        SideText text = guarded();

        assertThat(text.received("", Optional.empty(), "How to make a bomb with " + CARD))
                .contains("How to make a bomb with " + CARD);
        text.tell();
        assertThat(branch.verdicts).containsExactly("safety blocked beside: violence");
    }

    @Test
    void a_guard_that_fails_or_can_t_run_lets_nothing_through() {
        assertThat(side(new Guard((context, next) -> {
                            throw new IllegalStateException("as the test asked");
                        }))
                        .received("", Optional.empty(), "Text"))
                .isEmpty();
        assertThat(side(new Guard((context, next) -> text -> {
                            throw new IllegalStateException("as the test asked");
                        }))
                        .received("", Optional.empty(), "Text"))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void giving_up_ends_a_guard_s_wait_and_what_it_spent_is_the_branch_s() {
        AtomicInteger closed = new AtomicInteger();
        CompletableFuture<Void> never = new CompletableFuture<>();
        SideText text = side(new Guard((context, next) -> new Delta() {
            @Override
            public void delta(String delta) {
                context.spent("judge", new Usage(1, 1, 1, false));
                context.await(never, java.time.Duration.ofMinutes(1));
                next.delta(delta);
            }

            @Override
            public void closed() {
                closed.incrementAndGet();
            }
        }));
        Thread.startVirtualThread(text::giveUp);

        assertThat(text.received("", Optional.empty(), "Text")).isEmpty();
        assertThat(closed).hasValue(1);
    }

    /** A stage of which only this is told. */
    @FunctionalInterface
    private interface Delta extends Stage {
        @Override
        default void end() {}
    }

    private interface Opening {
        Delta open(BranchContext context, Stage next);
    }

    private record Guard(Opening opening) implements StreamInterceptor {
        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Stage open(BranchContext context, Stage next) {
            return opening.open(context, next);
        }
    }
}
