package dev.weir.store;

class PostgresColdLogTest extends ColdLogContract {
    PostgresColdLogTest() {
        super(Engine.POSTGRESQL);
    }
}
