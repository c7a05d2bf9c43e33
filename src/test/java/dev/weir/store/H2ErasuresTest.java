package dev.weir.store;

class H2ErasuresTest extends ErasuresContract {
    H2ErasuresTest() {
        super(Engine.H2);
    }
}
