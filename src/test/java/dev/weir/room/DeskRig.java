package dev.weir.room;

import dev.weir.audit.TestTrail;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.BudgetRig;
import dev.weir.budget.Draft;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Budgets in memory for two organisations, {@code acme} and {@code other}, and models {@code fast} and {@code smart}. */
public final class DeskRig implements AutoCloseable {

    public final User admin = user("root", "acme", Role.ADMIN);
    public final User auditor = user("olga", "acme", Role.AUDITOR);
    public final User manager = user("max", "acme", Role.MANAGER);
    public final User anna = user("anna", "acme", Role.USER);
    public final User eve = user("eve", "other", Role.USER, Role.MANAGER);
    public final List<Bill> bills = new ArrayList<>();
    public final TestTrail audit = new TestTrail();
    public final BudgetRig budgets = new BudgetRig(InstantSource.system());
    public final Users users = proxy(Users.class, (method, of) -> switch (method) {
        case "byId", "byLogin" ->
            List.of(admin, auditor, manager, anna, eve).stream()
                    .filter(it -> it.id().equals(of) || it.login().equals(of))
                    .findFirst();
        default -> throw new UnsupportedOperationException(method);
    });
    public final Organisations organisations = proxy(Organisations.class, (method, of) -> switch (method) {
        case "find" ->
            Set.of("acme", "other").contains(of)
                    ? Optional.of(new Organisation(String.valueOf(of), "Org " + of))
                    : Optional.empty();
        case "list" -> List.of(new Organisation("acme", "Org acme"), new Organisation("other", "Org other"));
        default -> throw new UnsupportedOperationException(method);
    });
    public final ModelCatalogue models = new ModelCatalogue() {
        private final List<StreamingModel> all = List.of(ScriptedModel.silent("fast"), ScriptedModel.silent("smart"));

        @Override
        public List<ModelSpec> specs() {
            return all.stream().map(StreamingModel::spec).toList();
        }

        @Override
        public Optional<StreamingModel> model(String name) {
            return all.stream().filter(it -> it.spec().name().equals(name)).findFirst();
        }
    };
    public final BudgetDesk desk = new BudgetDesk(
            budgets.budgets,
            history(),
            organisations,
            users,
            proxy(RoomStore.class, (method, of) -> method.equals("isMember") && "annas".equals(of)),
            models,
            audit.trail());
    public final BudgetHistory history = new BudgetHistory(audit.store(), audit.trail(), users);

    private static User user(String login, String organisation, Role... roles) {
        return new User("u-" + login, login, login, organisation, Set.of(roles));
    }

    private interface Answer {
        Object to(String method, Object first);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments[0])));
    }

    private UsageHistory history() {
        return new UsageHistory() {
            @Override
            public List<Sum> sums(LocalDate from, LocalDate to, List<UsageBy> by, Reach of, int limit) {
                return List.of();
            }

            @Override
            public List<Totals> stretches(long from, long length, int count, Reach of) {
                return List.of();
            }

            @Override
            public List<Bill> bills(LocalDate from, LocalDate to, Reach of, String after, int limit) {
                int first = 0;
                for (int i = 0; i < bills.size(); i++) {
                    first = bills.get(i).id().equals(after) ? i + 1 : first;
                }
                return bills.subList(first, bills.size()).stream()
                        .filter(it -> of.covers(it.payer()))
                        .limit(limit)
                        .toList();
            }
        };
    }

    public static Draft draft(String name, Reach reach, Unit unit, long limit) {
        return new Draft(name, reach, unit, limit, Period.Calendar.MONTH, List.of(80), AtLimit.CUT, false);
    }

    @Override
    public void close() {
        audit.close();
    }
}
