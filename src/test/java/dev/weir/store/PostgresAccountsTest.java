package dev.weir.store;

class PostgresAccountsTest extends AccountsContract {
    PostgresAccountsTest() {
        super(Engine.POSTGRESQL);
    }
}
