package dev.weir.budget;

/** An answer is refused, for a budget is used up. */
public final class OverBudget extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Shortage shortage;

    public OverBudget(Shortage shortage) {
        super(shortage.words());
        this.shortage = shortage;
    }

    public Shortage shortage() {
        return shortage;
    }
}
