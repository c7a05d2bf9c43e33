package dev.weir.store;

class H2PoliciesTest extends PoliciesContract {
    H2PoliciesTest() {
        super(Engine.H2);
    }
}
