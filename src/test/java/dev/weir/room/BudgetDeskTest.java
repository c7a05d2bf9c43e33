package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.audit.AuditPlace;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.Payer;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.identity.User;
import dev.weir.room.SimulationDesk.Wanted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetDeskTest {

    private final DeskRig rig = new DeskRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Budget made(User by, String name, Reach reach) {
        return rig.desk
                .create(by, DeskRig.draft(name, reach, Unit.TOKENS, 1000))
                .budget();
    }

    private static void refused(Refusal.Code code, ThrowingCallable call) {
        Refusal refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private List<String> own(User user, String room) {
        return rig.desk.own(user, room).stream()
                .map(it -> it.standing().budget().name())
                .toList();
    }

    @Test
    void everybody_sees_the_budgets_in_which_their_answers_count() {
        made(rig.admin, "all", Reach.ALL);
        made(rig.admin, "acme", Reach.ofOrganisation("acme"));
        made(rig.admin, "other", Reach.ofOrganisation("other"));
        made(rig.admin, "annas", Reach.ofUser(rig.anna.id()));
        made(rig.admin, "smart", Reach.ofModel("smart"));
        made(rig.admin, "room", new Reach("", "", "", "annas", ""));
        made(rig.admin, "key", new Reach("", "", "key-1", "", ""));
        assertThat(own(rig.anna, "")).containsExactlyInAnyOrder("all", "acme", "annas", "smart");
        assertThat(own(rig.anna, "annas")).contains("room");
        assertThat(own(rig.anna, "not-hers")).doesNotContain("room");
        assertThat(own(rig.anna.through("key-1"), "")).contains("key");
        assertThat(own(rig.eve, "")).containsExactlyInAnyOrder("all", "other", "smart");
    }

    @Test
    void amounts_that_other_organisations_share_are_not_shown_to_users() {
        made(rig.admin, "all", Reach.ALL);
        made(rig.admin, "acme", Reach.ofOrganisation("acme"));
        made(rig.admin, "annas", Reach.ofUser(rig.anna.id()));
        assertThat(rig.desk.own(rig.anna, "")).allSatisfy(it -> {
            String name = it.standing().budget().name();
            assertThat(it.open()).isEqualTo(!name.equals("all"));
            assertThat(it.shared()).isEqualTo(!name.equals("annas"));
        });
    }

    @Test
    void history_says_who_changed_what_and_stays_when_the_budget_is_gone() {
        Budget budget = made(rig.admin, "Team", Reach.ofOrganisation("acme"));
        rig.desk.change(rig.manager, budget.id(), Change.limit(2500), Optional.empty());
        rig.desk.change(
                rig.admin,
                budget.id(),
                new Change("Crew", null, List.of(), new AtLimit.Switch("fast"), true),
                Optional.empty());
        rig.desk.delete(rig.manager, budget.id());
        List<BudgetHistory.Entry> entries =
                rig.history.page(rig.auditor, budget.id(), Optional.empty(), 10).entries();
        assertThat(entries).extracting(BudgetHistory.Entry::who).containsExactly("max", "root", "max", "root");
        assertThat(entries)
                .extracting(BudgetHistory.Entry::done)
                .containsExactly("delete", "change", "change", "create");
        assertThat(entries.get(2).words()).isEqualTo("Team: limit 1000 -> 2500 tokens");
        assertThat(entries.get(1).words())
                .isEqualTo(
                        "Team: name Team -> Crew, at the limit cut -> switch:fast, warnings at 80% -> none, paused no -> yes");
        assertThat(entries.getFirst().words()).contains("Crew", "limit 2500 tokens", "period month");
    }

    @Test
    void history_of_other_organisations_is_not_for_managers() {
        Budget theirs = made(rig.admin, "Ours [org:other]", Reach.ofOrganisation("acme"));
        made(rig.admin, "[org:other] all", Reach.ALL);
        made(rig.eve, "Eves", Reach.ofModel("smart"));
        rig.desk.delete(rig.admin, theirs.id());
        assertThat(rig.history.page(rig.eve, "", Optional.empty(), 10).entries())
                .singleElement()
                .satisfies(it -> assertThat(it.words()).startsWith("Eves: "));
        assertThat(rig.history.page(rig.eve, theirs.id(), Optional.empty(), 10).entries())
                .isEmpty();
        assertThat(rig.history.page(rig.manager, "", Optional.empty(), 10).entries())
                .hasSize(2);
        refused(Refusal.Code.FORBIDDEN, () -> rig.history.page(rig.anna, "", Optional.empty(), 10));
    }

    @Test
    void history_goes_on_from_page_to_page() {
        for (int i = 0; i < 5; i++) {
            made(rig.admin, "B" + i, Reach.ALL);
        }
        BudgetHistory.Page first = rig.history.page(rig.admin, "", Optional.empty(), 3);
        assertThat(first.entries()).hasSize(3);
        Optional<AuditPlace> next = first.next();
        assertThat(next).isPresent();
        BudgetHistory.Page second = rig.history.page(rig.admin, "", next, 3);
        assertThat(second.entries()).hasSize(2);
        assertThat(second.next()).isEmpty();
    }

    private void bill(String id, String at, User user, long output) {
        rig.bills.add(new Bill(
                id,
                1,
                Instant.parse(at),
                new Payer(user.organisation(), user.id(), "room", "smart"),
                new Usage(10, output, 20 + 3 * output, false),
                Outcome.COMPLETE));
    }

    private SimulationDesk simulations() {
        return new SimulationDesk(rig.desk, rig.models, () -> Instant.parse("2026-03-15T12:00:00Z"));
    }

    private static Wanted wanted(Draft draft, boolean present) {
        return new Wanted(Optional.empty(), Optional.empty(), Optional.of(draft), present);
    }

    @Test
    void simulates_last_month_for_who_may_see_it() {
        bill("a", "2026-02-01T10:00:00Z", rig.anna, 100);
        bill("b", "2026-02-02T10:00:00Z", rig.eve, 100);
        Draft draft = DeskRig.draft("Draft", Reach.ALL, Unit.TOKENS, 1000);
        SimulationDesk.Result all = simulations().simulate(rig.auditor, wanted(draft, false));
        assertThat(all.from()).isEqualTo(LocalDate.parse("2026-02-01"));
        assertThat(all.to()).isEqualTo(LocalDate.parse("2026-02-28"));
        assertThat(all.report().answers()).isEqualTo(2);
        assertThat(simulations()
                        .simulate(rig.manager, wanted(draft, false))
                        .report()
                        .answers())
                .isEqualTo(1);
        refused(Refusal.Code.FORBIDDEN, () -> simulations().simulate(rig.anna, wanted(draft, false)));
    }

    @Test
    void simulates_present_budgets_together_with_one_that_nobody_has_made() {
        made(rig.admin, "all", Reach.ALL);
        made(rig.admin, "other", Reach.ofOrganisation("other"));
        bill("a", "2026-02-01T10:00:00Z", rig.anna, 100);
        Draft draft = DeskRig.draft("Draft", Reach.ALL, Unit.TOKENS, 60);
        assertThat(simulations()
                        .simulate(rig.admin, wanted(draft, true))
                        .report()
                        .trials())
                .hasSize(3);
        assertThat(simulations()
                        .simulate(rig.manager, wanted(draft, true))
                        .report()
                        .trials())
                .singleElement()
                .satisfies(it -> assertThat(it.cut()).isEqualTo(1));
        assertThat(rig.desk.budgets(rig.admin)).hasSize(2);
    }

    @Test
    void a_simulation_is_refused_where_its_budget_would_be() {
        refused(
                Refusal.Code.UNKNOWN_MODEL,
                () -> simulations()
                        .simulate(rig.admin, wanted(DeskRig.draft("D", Reach.ofModel("none"), Unit.TOKENS, 1), false)));
        refused(
                Refusal.Code.FORBIDDEN,
                () -> simulations()
                        .simulate(
                                rig.manager,
                                wanted(DeskRig.draft("D", Reach.ofOrganisation("other"), Unit.TOKENS, 1), false)));
        Wanted years = new Wanted(
                Optional.of(LocalDate.parse("2024-01-01")),
                Optional.of(LocalDate.parse("2026-01-01")),
                Optional.empty(),
                true);
        refused(Refusal.Code.INVALID, () -> simulations().simulate(rig.admin, years));
    }
}
