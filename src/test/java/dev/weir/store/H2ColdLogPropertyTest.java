package dev.weir.store;

class H2ColdLogPropertyTest extends ColdLogProperties {
    H2ColdLogPropertyTest() {
        super(Engine.H2);
    }
}
