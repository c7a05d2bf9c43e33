package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Period;
import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.AccountsContract;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import dev.weir.budget.account.Seed;
import dev.weir.budget.account.Terms;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HazelcastAccountsTest extends AccountsContract {

    private static final HazelcastNode ONE = node();

    private static HazelcastNode node() {
        return new HazelcastNode("weir-accounts", "127.0.0.1", 25781, 64);
    }

    @BeforeAll
    static void start() {
        ONE.start();
    }

    @AfterAll
    static void stop() {
        ONE.stop();
    }

    @Override
    protected Accounts accounts() {
        return new HazelcastAccounts(ONE);
    }

    @Test
    void cannot_be_asked_before_the_node_is_there() {
        Terms terms = new Terms(1, 10, false, Period.Calendar.DAY, "UTC", List.of());
        assertThat(new HazelcastAccounts(node()).give("b", Order.look(1, terms)).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void keeps_what_was_charged_with_one_node_alone() {
        Terms terms = new Terms(1, 10, false, Period.Calendar.DAY, "UTC", List.of());
        Accounts accounts = accounts();
        accounts.give(
                        "kept",
                        Order.settle("a", "n", 1, 4, accounts.now(), terms).with(Seed.NONE))
                .toCompletableFuture()
                .join();
        Reply reply = accounts.give("kept", Order.look(accounts.now(), terms))
                .toCompletableFuture()
                .join();
        assertThat(reply.charged()).isEqualTo(4);
    }
}
