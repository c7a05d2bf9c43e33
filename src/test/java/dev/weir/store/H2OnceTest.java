package dev.weir.store;

class H2OnceTest extends OnceContract {
    H2OnceTest() {
        super(Engine.H2);
    }
}
