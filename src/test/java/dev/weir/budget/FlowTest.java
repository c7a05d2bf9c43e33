package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of consumption from one question to the next. */
class FlowTest {

    private static final Payer ADA = new Payer("org", "ada", "r1", "fast");
    private static final Payer BEN = new Payer("org", "ben", "r2", "smart");

    private long nanos;
    private final Consumption consumption = new Consumption(() -> nanos);

    /** An answer that grows as the test has it. */
    private static final class Answer implements Consumption.Running {

        private final Payer payer;
        private final Usage before;
        private Usage used;

        Answer(Payer payer, Usage before) {
            this.payer = payer;
            this.before = before;
            this.used = before;
        }

        @Override
        public String id() {
            return "a";
        }

        @Override
        public Payer payer() {
            return payer;
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public Usage used() {
            return used;
        }

        @Override
        public Usage before() {
            return before;
        }
    }

    private Answer begun(Payer payer, Usage before) {
        Answer answer = new Answer(payer, before);
        consumption.begun(answer);
        return answer;
    }

    private static Usage usage(long input, long output, long micros) {
        return new Usage(input, output, micros, true);
    }

    @Test
    void tells_what_grew_since_the_last_question_and_each_token_once() {
        Answer ada = begun(ADA, Usage.NOTHING);
        ada.used = usage(10, 5, 15);
        long first = consumption.usedSince(0).upTo();
        ada.used = usage(10, 25, 35);
        Consumption.Used second = consumption.usedSince(first);
        ada.used = usage(10, 26, 36);
        consumption.ended(ada, usage(10, 30, 40));

        assertThat(second.used()).isEqualTo(Map.of(ADA, usage(0, 20, 20)));
        assertThat(consumption.usedSince(second.upTo()).used()).isEqualTo(Map.of(ADA, usage(0, 5, 5)));
    }

    @Test
    void tells_several_who_ask_each_what_they_have_not_heard() {
        Answer ada = begun(ADA, Usage.NOTHING);
        long one = consumption.usedSince(0).upTo();
        long other = consumption.usedSince(0).upTo();
        ada.used = usage(1, 1, 1);
        one = consumption.usedSince(one).upTo();
        ada.used = usage(1, 3, 3);

        assertThat(consumption.usedSince(one).used()).isEqualTo(Map.of(ADA, usage(0, 2, 2)));
        assertThat(consumption.usedSince(other).used()).isEqualTo(Map.of(ADA, usage(1, 3, 3)));
    }

    @Test
    void counts_an_answer_that_came_and_went_between_two_questions() {
        long first = consumption.usedSince(0).upTo();
        consumption.ended(begun(ADA, Usage.NOTHING), usage(3, 4, 5));
        consumption.used(BEN, usage(1, 1, 1));

        assertThat(consumption.usedSince(first).used()).isEqualTo(Map.of(ADA, usage(3, 4, 5), BEN, usage(1, 1, 1)));
    }

    @Test
    void leaves_out_what_another_node_has_used_for_an_answer_that_was_taken_over() {
        long first = consumption.usedSince(0).upTo();
        Answer ada = begun(ADA, usage(10, 50, 60));
        ada.used = usage(20, 60, 80);

        assertThat(consumption.usedSince(first).used()).isEqualTo(Map.of(ADA, usage(10, 10, 20)));
    }

    @Test
    void nothing_flows_back_when_a_bill_is_lower_than_what_was_counted() {
        Answer ada = begun(ADA, Usage.NOTHING);
        long first = consumption.usedSince(0).upTo();
        ada.used = usage(10, 50, 60);
        long second = consumption.usedSince(first).upTo();
        consumption.ended(ada, usage(12, 40, 52));

        assertThat(consumption.usedSince(second).used()).isEqualTo(Map.of(ADA, usage(2, 0, 0)));
    }

    @Test
    void begins_anew_when_nobody_has_asked_for_a_while() {
        Answer ada = begun(ADA, Usage.NOTHING);
        long first = consumption.usedSince(0).upTo();
        ada.used = usage(10, 5_000, 5_010);
        consumption.ended(begun(BEN, Usage.NOTHING), usage(1, 1, 1));
        nanos += Duration.ofSeconds(11).toNanos();

        assertThat(consumption.usedSince(first).used()).isEmpty();
    }
}
