package dev.weir.store;

class H2ColdLogTest extends ColdLogContract {
    H2ColdLogTest() {
        super(Engine.H2);
    }
}
