package dev.weir.store;

class PostgresErasuresTest extends ErasuresContract {
    PostgresErasuresTest() {
        super(Engine.POSTGRESQL);
    }
}
