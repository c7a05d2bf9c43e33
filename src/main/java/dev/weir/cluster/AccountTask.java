package dev.weir.cluster;

import com.hazelcast.map.EntryProcessor;
import dev.weir.budget.account.Account;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import java.io.Serial;
import java.util.Map;

/** An order on its way to an account; carried out where the account is, and again on its backup. */
final class AccountTask implements EntryProcessor<String, Account, Reply> {

    @Serial
    private static final long serialVersionUID = 1;

    private final Order order;

    AccountTask(Order order) {
        this.order = order;
    }

    @Override
    public Reply process(Map.Entry<String, Account> entry) {
        Account.Outcome outcome = Account.obey(entry.getValue(), order);
        Account after = outcome.account();
        if (after != null) {
            entry.setValue(after);
        }
        return outcome.reply();
    }
}
