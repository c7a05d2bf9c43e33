package dev.weir.store;

class H2RetentionTest extends RetentionContract {
    H2RetentionTest() {
        super(Engine.H2);
    }
}
