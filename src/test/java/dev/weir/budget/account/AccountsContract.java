package dev.weir.budget.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Period;
import dev.weir.budget.account.Reply.Result;
import dev.weir.event.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every place for accounts must do. */
public abstract class AccountsContract {

    private static final long LIFE = 60_000;

    private final Terms terms = new Terms(1, 1000, false, Period.Calendar.MONTH, "UTC", List.of());
    private final String budget = Ids.next();

    protected abstract Accounts accounts();

    private Reply give(Order order) {
        return accounts().give(budget, order).toCompletableFuture().join();
    }

    private Order hold(String id, long amount) {
        long now = accounts().now();
        return Order.hold(id, "n1", 1, amount, amount, now, now + LIFE, terms);
    }

    @Test
    void asks_for_a_seed_once() {
        assertThat(give(hold("a", 10)).result()).isEqualTo(Result.UNKNOWN);
        assertThat(give(hold("a", 10).with(Seed.NONE)).result()).isEqualTo(Result.DONE);
        assertThat(give(hold("b", 10)).result()).isEqualTo(Result.DONE);
        accounts().forget(budget);
        assertThat(give(Order.look(accounts().now(), terms).with(Seed.NONE)).held())
                .isZero();
    }

    @Test
    void never_holds_more_than_there_is_for_many_at_once() {
        give(Order.look(accounts().now(), terms).with(Seed.NONE));
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            replies.add(accounts().give(budget, hold("a" + i, 7)).toCompletableFuture());
        }
        long granted = replies.stream()
                .map(CompletableFuture::join)
                .filter(it -> it.result() == Result.DONE)
                .count();
        assertThat(granted).isEqualTo(1000 / 7);
        assertThat(give(Order.look(accounts().now(), terms)).held()).isEqualTo(granted * 7);
    }

    @Test
    void takes_orders_again_without_a_difference() {
        give(hold("a", 10).with(Seed.NONE));
        Order settle = Order.settle("a", "n1", 1, 8, accounts().now(), terms);
        for (int i = 0; i < 3; i++) {
            give(hold("a", 10));
            give(settle);
        }
        Reply end = give(Order.look(accounts().now(), terms));
        assertThat(end.charged()).isEqualTo(8);
        assertThat(end.held()).isZero();
    }
}
