package dev.weir.store;

class PostgresRetentionTest extends RetentionContract {
    PostgresRetentionTest() {
        super(Engine.POSTGRESQL);
    }
}
