package dev.weir.store;

class H2AuditStoreTest extends AuditStoreContract {
    H2AuditStoreTest() {
        super(Engine.H2);
    }
}
