package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.Audit;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.ApiKeys;
import dev.weir.identity.Organisation;
import dev.weir.identity.User;
import dev.weir.room.DeskRig;
import dev.weir.room.Refusal;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BudgetsViewTest {

    private static final ApiKeys NO_KEYS = (ApiKeys) Proxy.newProxyInstance(
            ApiKeys.class.getClassLoader(), new Class<?>[] {ApiKeys.class}, (self, method, arguments) -> List.of());

    private final DeskRig rig = new DeskRig();

    @BeforeEach
    void make_some() {
        rig.desk.create(rig.admin, DeskRig.draft("Everything", Reach.ALL, Unit.USD, 12_500_000));
        rig.desk.create(rig.admin, DeskRig.draft("Ours", Reach.ofOrganisation("acme"), Unit.TOKENS, 1000));
        rig.desk.create(rig.admin, DeskRig.draft("Theirs", Reach.ofOrganisation("other"), Unit.TOKENS, 0));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static final class Me extends ConsoleCaller {
        private final User user;

        Me(User user) {
            this.user = user;
        }

        @Override
        public User user() {
            return user;
        }
    }

    private BudgetScopes scopes(User user) {
        var keys = new ApiKeyService(NO_KEYS, rig.users, InstantSource.system(), Audit.NONE);
        return new BudgetScopes(rig.users, rig.organisations, keys, new Me(user));
    }

    private BudgetsView view(User user) {
        return new BudgetsView(rig.desk, scopes(user), rig.models, new Me(user));
    }

    private static List<String> names(BudgetsView view) {
        return view.getLines().stream().map(it -> it.budget().name()).toList();
    }

    @Test
    void administrators_and_auditors_see_all_and_only_the_former_change_them() {
        assertThat(names(view(rig.admin))).containsExactly("Everything", "Ours", "Theirs");
        assertThat(names(view(rig.auditor))).hasSize(3);
        assertThat(view(rig.admin).isChanging()).isTrue();
        assertThat(view(rig.auditor).isChanging()).isFalse();
    }

    @Test
    void managers_see_and_choose_within_their_organisation_only() {
        BudgetsView view = view(rig.manager);
        assertThat(names(view)).containsExactly("Ours");
        assertThat(view.isChanging()).isTrue();
        assertThat(scopes(rig.manager).getOrganisations())
                .extracting(Organisation::id)
                .containsExactly("acme");
        assertThat(scopes(rig.manager).userByLogin("Anna")).contains(rig.anna.id());
        assertThat(scopes(rig.manager).userByLogin("eve")).isEmpty();
        assertThat(scopes(rig.admin).userByLogin("eve")).contains(rig.eve.id());
    }

    @Test
    void users_see_none() {
        assertThatThrownBy(() -> view(rig.anna).getLines()).isInstanceOf(Refusal.class);
    }

    @Test
    void budgets_are_found_by_their_names_and_by_whose_they_are() {
        BudgetsView view = view(rig.admin);
        view.setSearch("org OTHER");
        assertThat(names(view)).containsExactly("Theirs");
    }

    @Test
    void how_a_budget_stands_is_said_in_words() {
        List<BudgetLine> lines = view(rig.admin).getLines();
        assertThat(lines.getFirst().limit()).isEqualTo("$12.50");
        assertThat(lines.getFirst().scope()).isEqualTo("everybody");
        assertThat(lines.getFirst().stateWords()).isEqualTo("in force");
        assertThat(lines.getLast().scope()).isEqualTo("Org other");
        assertThat(lines.getLast().stateWords()).isEqualTo("used up");
        assertThat(lines.getLast().period()).isEqualTo("a month");
    }
}
