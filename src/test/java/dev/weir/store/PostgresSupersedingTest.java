package dev.weir.store;

class PostgresSupersedingTest extends SupersedingContract {
    PostgresSupersedingTest() {
        super(Engine.POSTGRESQL);
    }
}
