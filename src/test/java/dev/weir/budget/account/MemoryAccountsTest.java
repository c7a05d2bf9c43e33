package dev.weir.budget.account;

import java.time.InstantSource;

class MemoryAccountsTest extends AccountsContract {

    private final Accounts accounts = new MemoryAccounts(InstantSource.system());

    @Override
    protected Accounts accounts() {
        return accounts;
    }
}
