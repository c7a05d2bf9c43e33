package dev.weir.store;

class PostgresMembershipTest extends MembershipContract {
    PostgresMembershipTest() {
        super(Engine.POSTGRESQL);
    }
}
