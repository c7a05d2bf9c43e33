package dev.weir.store;

class PostgresAuditStoreTest extends AuditStoreContract {
    PostgresAuditStoreTest() {
        super(Engine.POSTGRESQL);
    }
}
