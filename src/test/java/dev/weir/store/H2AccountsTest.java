package dev.weir.store;

class H2AccountsTest extends AccountsContract {
    H2AccountsTest() {
        super(Engine.H2);
    }
}
