package dev.weir.budget;

/** A budget that can't be as it is wanted. */
public final class BudgetProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        INVALID,
        NO_SUCH_BUDGET,
        /** Somebody else has changed it in the meantime. */
        CHANGED
    }

    private BudgetProblem(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static BudgetProblem invalid(String message) {
        return new BudgetProblem(Kind.INVALID, message);
    }

    static BudgetProblem none() {
        return new BudgetProblem(Kind.NO_SUCH_BUDGET, "There is no such budget.");
    }

    static BudgetProblem changed() {
        return new BudgetProblem(
                Kind.CHANGED,
                "Somebody else has changed this budget in the meantime, so nothing was saved. Look at how it stands now, and"
                        + " make your change there.");
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
