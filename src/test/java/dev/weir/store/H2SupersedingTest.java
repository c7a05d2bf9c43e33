package dev.weir.store;

class H2SupersedingTest extends SupersedingContract {
    H2SupersedingTest() {
        super(Engine.H2);
    }
}
