package budget;

import dev.weir.budget.Alerts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.BudgetLedger;
import dev.weir.budget.BudgetNews;
import dev.weir.budget.BudgetStore;
import dev.weir.budget.Budgets;
import dev.weir.budget.Consumption;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.Seed;
import dev.weir.cluster.HazelcastAccounts;
import dev.weir.cluster.HazelcastNode;
import dev.weir.turn.Membership;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A node of the data grid with a ledger, and a database that takes everything at once. */
final class Node implements AutoCloseable {

    static final int STEP = 256;

    /** All nodes of this process take part. */
    private static final Membership TOGETHER = new Membership() {
        @Override
        public Set<String> join(String node, Set<String> seen) {
            return Set.of();
        }

        @Override
        public boolean beat(String node) {
            return true;
        }

        @Override
        public boolean takeOut(Set<String> gone, String node) {
            return true;
        }

        @Override
        public void leave(String node) {}
    };

    /** The budgets of all nodes. */
    private static final Store STORE = new Store();

    final BudgetLedger ledger;
    private final HazelcastNode grid;
    private final Accounts accounts;

    /** @param members addresses of all nodes; empty for a node alone */
    Node(int port, String members) {
        Properties settings = new Properties();
        settings.setProperty(
                "weir.cluster.name",
                "weir-bench-" + ProcessHandle.current().pid() + (members.isEmpty() ? "-" + port : ""));
        settings.setProperty("weir.cluster.port", Integer.toString(port));
        settings.setProperty("weir.cluster.members", members.isEmpty() ? "none" : members);
        grid = new HazelcastNode(new Settings(settings));
        grid.start(members.isEmpty() ? Membership.ALONE : TOGETHER, () -> "bench", "");
        accounts = new HazelcastAccounts(grid);
        Budgets budgets = new Budgets(STORE, BudgetNews.ALONE, accounts);
        ledger = BudgetLedger.of(budgets, STORE, accounts, new Alerts(), new Consumption(), grid::id, STEP);
    }

    int nodes() {
        return grid.alive().size();
    }

    /** Makes a budget that is large enough for everything; before the first node is asked for anything. */
    static Budget budget(String user) {
        Budget budget = new Budget(
                "b-" + user,
                "Bench",
                "",
                Reach.ofUser(user),
                Unit.TOKENS,
                1_000_000_000_000L,
                Period.Calendar.MONTH,
                ZoneOffset.UTC,
                List.of(),
                AtLimit.CUT,
                false,
                1);
        STORE.insert(budget);
        return budget;
    }

    @Override
    public void close() {
        grid.stop();
    }

    private static final class Store implements BudgetStore {
        private final List<Budget> budgets = new CopyOnWriteArrayList<>();

        @Override
        public List<Budget> all() {
            return budgets;
        }

        @Override
        public void insert(Budget budget) {
            budgets.add(budget);
        }

        @Override
        public boolean replace(Budget next) {
            return false;
        }

        @Override
        public boolean delete(String id) {
            return false;
        }

        @Override
        public ZoneId zone(String organisation) {
            return ZoneOffset.UTC;
        }

        @Override
        public boolean zone(String organisation, Optional<ZoneId> zone) {
            return false;
        }

        @Override
        public Optional<Seed> seed(String budget) {
            return Optional.empty();
        }

        @Override
        public void keep(Map<String, Seed> charged) {}

        @Override
        public boolean hasBill(String id) {
            return false;
        }

        @Override
        public void bill(Collection<Bill> bills) {}
    }

    /** Settings as the server gives them. */
    private record Settings(Properties properties) implements Config {
        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow();
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return Optional.ofNullable(properties.getProperty(name)).map(type::cast);
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return properties.stringPropertyNames();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            return List.of();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
