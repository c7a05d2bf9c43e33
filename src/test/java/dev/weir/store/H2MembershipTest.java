package dev.weir.store;

class H2MembershipTest extends MembershipContract {
    H2MembershipTest() {
        super(Engine.H2);
    }
}
