package dev.weir.store;

class PostgresBudgetsTest extends BudgetsContract {
    PostgresBudgetsTest() {
        super(Engine.POSTGRESQL);
    }
}
