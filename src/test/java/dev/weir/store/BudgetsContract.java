package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Change;
import dev.weir.budget.Payer;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.budget.UsageBy;
import dev.weir.budget.account.Seed;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.identity.Organisation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class BudgetsContract {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate DAY = LocalDate.parse("2026-02-28");

    private final JdbiBudgets budgets;
    private final JdbiUsageHistory history;
    private final JdbiOrganisations organisations;
    private final String organisation = Ids.next();

    BudgetsContract(Engine engine) {
        Database database = engine.shared();
        budgets = new JdbiBudgets(database, ZoneOffset.UTC);
        history = new JdbiUsageHistory(database);
        organisations = new JdbiOrganisations(database);
        organisations.create(new Organisation(organisation, "Acme"));
    }

    private Budget budget() {
        return new Budget(
                Ids.next(),
                "Everything",
                organisation,
                new Reach("ada", organisation, "k", "r", "fast"),
                Unit.USD,
                12_500_000,
                Period.of("rolling:PT24H").orElseThrow(),
                ZoneOffset.UTC,
                List.of(80, 95),
                new AtLimit.Degrade("local", 80),
                true,
                1);
    }

    private Optional<Budget> find(String id) {
        return budgets.all().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    @Test
    void keeps_budgets_and_their_changes() {
        Budget budget = budget();
        budgets.insert(budget);
        assertThat(find(budget.id())).hasValue(budget);

        Budget raised = budget.changed(Change.limit(20_000_000));
        assertThat(budgets.replace(raised)).isTrue();
        assertThat(budgets.replace(raised)).isFalse();
        assertThat(find(budget.id())).hasValue(raised);

        assertThat(budgets.delete(budget.id())).isTrue();
        assertThat(budgets.delete(budget.id())).isFalse();
        assertThat(find(budget.id())).isEmpty();
    }

    @Test
    void a_budget_has_the_zone_of_its_organisation_and_goes_with_it() {
        Budget budget = budget();
        budgets.insert(budget);
        assertThat(budgets.zone(organisation, Optional.of(TOKYO))).isTrue();
        assertThat(find(budget.id())).hasValue(budget.in(TOKYO));
        assertThat(budgets.zone(organisation)).isEqualTo(TOKYO);
        assertThat(budgets.zone(Ids.next())).isEqualTo(ZoneOffset.UTC);

        organisations.delete(organisation);
        assertThat(find(budget.id())).isEmpty();
    }

    @Test
    void keeps_the_newest_of_what_was_charged() {
        Budget budget = budget();
        budgets.insert(budget);
        assertThat(budgets.seed(budget.id())).isEmpty();
        Seed newer = new Seed(5, 40, 3, new TreeMap<>(Map.of(-1L, 10L, 7L, 30L)), 9);
        budgets.keep(Map.of(budget.id(), newer));
        budgets.keep(Map.of(budget.id(), new Seed(5, 30, 3, new TreeMap<>(), 8), Ids.next(), newer));
        assertThat(budgets.seed(budget.id())).hasValue(newer);
    }

    private Bill bill(String id, long generation, String user, String model, long micros) {
        return new Bill(
                id,
                generation,
                Instant.parse("2026-02-28T12:00:00Z"),
                new Payer(organisation, user, "k", "r", model),
                new Usage(10, 4, 20, 5, micros, true),
                Outcome.COMPLETE);
    }

    @Test
    void keeps_each_bill_once_and_adds_them_up() {
        String first = Ids.next();
        assertThat(budgets.hasBill(first)).isFalse();
        budgets.bill(List.of(bill(first, 1, "ada", "fast", 3), bill(Ids.next(), 1, "ada", "smart", 5)));
        assertThat(budgets.hasBill(first)).isTrue();
        budgets.bill(List.of(bill(first, 1, "ada", "fast", 3), bill(Ids.next(), 1, "ben", "fast", 7)));
        Reach own = Reach.ofOrganisation(organisation);

        assertThat(history.sums(DAY, DAY, List.of(UsageBy.USER), own, 10))
                .extracting(it -> it.keys().getFirst() + " " + it.totals().micros())
                .containsExactly("ada 8", "ben 7");
        assertThat(history.sums(DAY, DAY, List.of(), own, 10).getFirst().totals())
                .isEqualTo(new Totals(3, 30, 12, 60, 15, 15, 0));
        assertThat(history.sums(DAY.plusDays(1), DAY.plusDays(9), List.of(UsageBy.DAY, UsageBy.MODEL), own, 10))
                .isEmpty();

        budgets.bill(List.of(bill(first, 2, "ada", "fast", 4)));
        assertThat(history.sums(DAY, DAY, List.of(UsageBy.DAY), own, 10)
                        .getFirst()
                        .totals()
                        .micros())
                .isEqualTo(16);
        List<Bill> bills = history.bills(DAY, DAY, own, "", 10);
        assertThat(bills).hasSize(3);
        assertThat(history.bills(DAY, DAY, own, bills.getFirst().id(), 10)).isEqualTo(bills.subList(1, 3));
    }

    @Test
    void counts_a_day_where_the_organisation_is() {
        budgets.zone(organisation, Optional.of(ZoneId.of("Pacific/Auckland")));
        budgets.bill(List.of(bill(Ids.next(), 1, "ada", "fast", 3)));
        assertThat(history.sums(DAY, DAY.plusDays(1), List.of(UsageBy.DAY), Reach.ofOrganisation(organisation), 10))
                .extracting(it -> it.keys().getFirst())
                .containsExactly("2026-03-01");
    }

    @Test
    void adds_up_stretches_of_time() {
        long noon = Instant.parse("2026-02-28T12:00:00Z").toEpochMilli();
        budgets.bill(List.of(bill(Ids.next(), 1, "ada", "fast", 3), bill(Ids.next(), 1, "ben", "fast", 5)));
        Reach own = Reach.ofOrganisation(organisation);

        assertThat(history.stretches(noon - 2_000, 1_000, 4, own))
                .extracting(Totals::micros)
                .containsExactly(0L, 0L, 8L, 0L);
        assertThat(history.stretches(noon - 1_000, 1_000, 1, own)).containsExactly(Totals.ZERO);
        assertThat(history.stretches(noon, 1, 1, new Reach("ben", organisation, "", "", "")))
                .containsExactly(new Totals(1, 10, 4, 20, 5, 5, 0));
    }
}
