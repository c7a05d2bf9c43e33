package dev.weir.store;

class H2BudgetsTest extends BudgetsContract {
    H2BudgetsTest() {
        super(Engine.H2);
    }
}
