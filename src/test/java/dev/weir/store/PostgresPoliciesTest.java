package dev.weir.store;

class PostgresPoliciesTest extends PoliciesContract {
    PostgresPoliciesTest() {
        super(Engine.POSTGRESQL);
    }
}
