package dev.weir.store;

class PostgresOnceTest extends OnceContract {
    PostgresOnceTest() {
        super(Engine.POSTGRESQL);
    }
}
