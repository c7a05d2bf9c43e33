package dev.weir.budget.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Period;
import dev.weir.budget.account.Reply.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any orders, twice, late and after nodes have died: the books balance. */
class AccountPropertyTest {

    private static final long LIMIT = 1_000;
    private static final long LEASE = 10_000;

    /** What happens to one of a few answers, or to all. */
    record Step(What what, int answer, long amount, boolean repeated) {}

    enum What {
        HOLD,
        EXTEND,
        SETTLE,
        TAKE_OVER,
        NODE_DIES,
        OLD_SETTLE,
        REPEAT_AN_OLD_ORDER,
        TIME_PASSES,
        CLOCK_STEPS_BACK
    }

    /** The same in a few words: what is held, by whom, and what was billed. */
    private static final class Model {
        long now = 1_000_000;
        long charged;
        long corrected;
        final Map<String, Long> held = new HashMap<>();
        final Map<String, Long> generation = new HashMap<>();
        final Map<String, Long> until = new HashMap<>();
        final Map<String, Long> billed = new HashMap<>();

        void pass(long millis) {
            now += millis;
            until.forEach((id, end) -> {
                if (end <= now) {
                    held.remove(id);
                }
            });
        }

        long heldInAll() {
            return held.values().stream().mapToLong(it -> it).sum();
        }

        long left() {
            return Math.max(0, LIMIT - charged - heldInAll());
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.longs().between(0, 700),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private final Terms terms = new Terms(1, LIMIT, false, Period.Calendar.MONTH, "UTC", List.of(80));
    private final List<Order> given = new ArrayList<>();
    private Optional<Account> account = Optional.empty();

    private Reply give(Order order) {
        given.add(order);
        Account.Outcome outcome = Account.obey(account.orElse(null), order.with(Seed.NONE));
        account = Optional.ofNullable(outcome.account());
        return outcome.reply();
    }

    @Property(tries = 3000)
    void balances_whatever_happens(@ForAll("steps") List<Step> steps) {
        Model model = new Model();
        given.clear();
        account = Optional.empty();
        for (Step step : steps) {
            String id = "a" + step.answer();
            int times = step.repeated() ? 2 : 1;
            for (int i = 0; i < times; i++) {
                carryOut(model, step, id);
                assertBooks(model);
            }
        }
        model.generation.keySet().stream()
                .filter(it -> !model.billed.containsKey(it))
                .toList()
                .forEach(it -> settle(model, it, 7));
        Reply end = give(Order.look(model.now, terms));
        assertThat(end.held()).isZero();
        assertThat(end.charged())
                .isEqualTo(model.billed.values().stream().mapToLong(it -> it).sum());
        assertThat(end.corrected()).isEqualTo(model.corrected);
    }

    private void carryOut(Model model, Step step, String id) {
        long generation = model.generation.getOrDefault(id, 0L);
        switch (step.what()) {
            case HOLD -> hold(model, id, Math.max(1, generation), step.amount(), step.amount());
            case EXTEND -> hold(model, id, Math.max(1, generation), step.amount(), 0);
            case TAKE_OVER -> {
                if (!model.billed.containsKey(id)) {
                    hold(model, id, generation + 1, step.amount(), 0);
                }
            }
            case SETTLE -> settle(model, id, step.amount());
            case OLD_SETTLE -> {
                if (generation > 1 && (model.held.containsKey(id) || model.billed.containsKey(id))) {
                    give(Order.settle(id, "n", generation - 1, step.amount(), model.now, terms));
                }
            }
            case NODE_DIES -> model.pass(LEASE + 1);
            case REPEAT_AN_OLD_ORDER -> {
                if (!given.isEmpty()) {
                    again(model, given.get((int) (step.amount() % given.size())));
                }
            }
            case TIME_PASSES -> model.pass(step.amount());
            case CLOCK_STEPS_BACK -> give(Order.look(model.now - 5 * LEASE, terms));
        }
    }

    /** What was said before, by a network that holds things back; holds of what has lapsed since would be new ones. */
    private void again(Model model, Order old) {
        boolean settles = old.kind() == Order.Kind.SETTLE && model.billed.containsKey(old.hold());
        if (settles || old.kind() == Order.Kind.LOOK) {
            give(old);
        }
    }

    private void hold(Model model, String id, long generation, long amount, long least) {
        Reply reply = give(Order.hold(id, "n", generation, amount, least, model.now, model.now + LEASE, terms));
        if (model.billed.containsKey(id)) {
            assertThat(reply.result()).isEqualTo(Result.OVER);
            return;
        }
        long before = model.held.getOrDefault(id, 0L);
        long most = before + model.left();
        if (!model.held.containsKey(id) && amount > most && most < Math.min(least, amount)) {
            assertThat(reply.result()).isEqualTo(Result.REFUSED);
            return;
        }
        long granted = Math.min(Math.max(before, amount), most);
        assertThat(reply.granted()).isEqualTo(granted);
        model.held.put(id, granted);
        model.until.put(id, model.now + LEASE);
        model.generation.put(id, generation);
    }

    private void settle(Model model, String id, long bill) {
        long generation = Math.max(1, model.generation.getOrDefault(id, 0L));
        Reply reply = give(Order.settle(id, "n", generation, bill, model.now, terms));
        if (model.billed.containsKey(id)) {
            assertThat(reply.result()).isEqualTo(Result.OVER);
            return;
        }
        long held = Optional.ofNullable(model.held.remove(id)).orElse(0L);
        model.generation.putIfAbsent(id, generation);
        model.until.remove(id);
        model.billed.put(id, bill);
        model.charged += bill;
        model.corrected += Math.max(0, bill - held);
    }

    private void assertBooks(Model model) {
        Reply now = give(Order.look(model.now, terms));
        assertThat(now.charged()).isEqualTo(model.charged);
        assertThat(now.held()).isEqualTo(model.heldInAll());
        assertThat(now.charged() - now.corrected() + now.held()).isLessThanOrEqualTo(LIMIT);
    }
}
