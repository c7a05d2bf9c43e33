package dev.weir.budget.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Period;
import dev.weir.budget.account.Reply.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final long T0 = Instant.parse("2026-03-28T22:59:00Z").toEpochMilli();
    private static final long SECOND = 1000;

    private final Terms daily = terms(1, 100, Period.Calendar.DAY);
    private @Nullable Account account;
    private long now = T0;

    private static Terms terms(long version, long limit, Period period) {
        return new Terms(version, limit, false, period, "Europe/Berlin", List.of(80, 95));
    }

    private Reply give(Order order) {
        Account.Outcome outcome = Account.obey(account, account == null ? order.with(Seed.NONE) : order);
        account = outcome.account();
        return outcome.reply();
    }

    private Reply hold(String id, long amount, long least, Terms terms) {
        return give(Order.hold(id, "n1", 1, amount, least, now, now + 10 * SECOND, terms));
    }

    private Reply settle(String id, long bill, Terms terms) {
        return give(Order.settle(id, "n1", 1, bill, now, terms));
    }

    private Reply look(Terms terms) {
        return give(Order.look(now, terms));
    }

    @Test
    void asks_for_a_seed_when_nobody_remembers_the_account() {
        Account.Outcome outcome = Account.obey(null, Order.look(now, daily));
        assertThat(outcome.reply().result()).isEqualTo(Result.UNKNOWN);
        assertThat(outcome.account()).isNull();
    }

    @Test
    void goes_on_with_what_was_kept_in_the_same_period_only() {
        long start = look(daily).window().start();
        Seed kept = new Seed(start, 40, 5, new TreeMap<>(), 7);
        assertThat(Account.obey(null, Order.look(now, daily).with(kept)).reply().charged())
                .isEqualTo(40);
        Seed old = new Seed(start - 1, 40, 5, new TreeMap<>(), 7);
        assertThat(Account.obey(null, Order.look(now, daily).with(old)).reply().charged())
                .isZero();
    }

    @Test
    void is_whole_again_when_the_local_day_begins_also_with_clocks_that_differ() {
        hold("a", 60, 60, daily);
        settle("a", 60, daily);
        now = T0 + 61 * SECOND;
        assertThat(look(daily).charged()).isZero();
        settle("b", 10, daily);
        // Another node's clock is two minutes behind: the day does not come back.
        now = T0 - 60 * SECOND;
        assertThat(look(daily).charged()).isEqualTo(10);
        assertThat(hold("c", 95, 95, daily).result()).isEqualTo(Result.REFUSED);
    }

    @Test
    void what_is_being_written_over_midnight_counts_where_it_ends() {
        hold("a", 60, 60, daily);
        give(Order.renew(List.of("a"), "n1", T0, T0 + 100 * SECOND, daily));
        now = T0 + 61 * SECOND;
        assertThat(look(daily).held()).isEqualTo(60);
        assertThat(hold("b", 50, 50, daily).result()).isEqualTo(Result.REFUSED);
        assertThat(settle("a", 50, daily).charged()).isEqualTo(50);
    }

    @Test
    void a_rolling_period_forgets_what_is_older() {
        Terms rolling = terms(1, 100, new Period.Rolling(Duration.ofHours(1)));
        settle("a", 60, rolling);
        now += Duration.ofMinutes(30).toMillis();
        settle("b", 30, rolling);
        assertThat(look(rolling).charged()).isEqualTo(90);
        now = T0 + Duration.ofMinutes(59).toMillis();
        assertThat(look(rolling).charged()).isEqualTo(90);
        assertThat(look(rolling).window().end())
                .isBetween(
                        T0 + Duration.ofMinutes(60).toMillis(),
                        T0 + Duration.ofMinutes(62).toMillis());
        now = T0 + Duration.ofMinutes(62).toMillis();
        assertThat(look(rolling).charged()).isEqualTo(30);
        now = T0 + Duration.ofMinutes(92).toMillis();
        assertThat(look(rolling).charged()).isZero();
    }

    @Test
    void a_raised_limit_counts_at_once_and_an_older_version_does_not_bring_the_old_one_back() {
        hold("a", 100, 100, daily);
        assertThat(hold("b", 10, 10, daily).result()).isEqualTo(Result.REFUSED);
        look(terms(2, 200, Period.Calendar.DAY));
        assertThat(hold("b", 10, 10, daily).result()).isEqualTo(Result.DONE);
    }

    @Test
    void warns_once_of_each_threshold_in_a_period() {
        assertThat(hold("a", 79, 79, daily).crossed()).isZero();
        assertThat(hold("b", 2, 2, daily).crossed()).isEqualTo(80);
        assertThat(hold("c", 1, 1, daily).crossed()).isZero();
        assertThat(hold("d", 18, 18, daily).crossed()).isEqualTo(95);
        now = T0 + 120 * SECOND;
        assertThat(hold("e", 85, 85, daily).crossed()).isEqualTo(80);
    }

    @Test
    void a_hold_whose_node_is_gone_comes_back_and_a_late_bill_is_a_correction() {
        hold("a", 60, 60, daily);
        now += 11 * SECOND;
        assertThat(look(daily).held()).isZero();
        assertThat(look(daily).expired()).isEqualTo(1);
        Reply late = settle("a", 50, daily);
        assertThat(late.charged()).isEqualTo(50);
        assertThat(late.corrected()).isEqualTo(50);
        assertThat(settle("a", 50, daily).charged()).isEqualTo(50);
    }

    @Test
    void who_takes_an_answer_over_has_the_last_word_on_its_bill() {
        hold("a", 60, 60, daily);
        give(Order.hold("a", "n2", 2, 80, 0, now, now + 10 * SECOND, daily));
        assertThat(settle("a", 50, daily).result()).isEqualTo(Result.OVER);
        give(Order.settle("a", "n2", 2, 70, now, daily));
        assertThat(look(daily).charged()).isEqualTo(70);
        assertThat(look(daily).held()).isZero();
    }

    @Test
    void an_answer_that_goes_on_after_it_was_billed_is_billed_once() {
        hold("a", 60, 60, daily);
        settle("a", 50, daily);
        give(Order.hold("a", "n2", 2, 30, 0, now, now + 10 * SECOND, daily));
        Reply end = give(Order.settle("a", "n2", 2, 65, now, daily));
        assertThat(end.charged()).isEqualTo(65);
        assertThat(Objects.requireNonNull(end.charge()).charged()).isEqualTo(65);
    }

    @Test
    void nothing_is_refused_while_it_is_paused_and_all_is_counted() {
        Terms paused = new Terms(2, 100, true, Period.Calendar.DAY, "UTC", List.of());
        assertThat(hold("a", 500, 500, paused).result()).isEqualTo(Result.DONE);
        settle("a", 450, paused);
        assertThat(look(paused).charged()).isEqualTo(450);
    }
}
