package dev.weir.store;

class PostgresColdLogPropertyTest extends ColdLogProperties {
    PostgresColdLogPropertyTest() {
        super(Engine.POSTGRESQL);
    }
}
