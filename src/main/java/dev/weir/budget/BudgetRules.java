package dev.weir.budget;

import java.util.List;

/** What every budget must be like. */
final class BudgetRules {

    static final int LONGEST_NAME = 120;
    static final int MOST_WARNINGS = 10;

    /** A billion dollars, and more tokens than anybody will use. */
    static final long HIGHEST = 1_000_000_000_000_000L;

    private BudgetRules() {}

    static void check(Budget budget) {
        String name = budget.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw BudgetProblem.invalid("Give the budget a name of 1 to " + LONGEST_NAME + " characters.");
        }
        if (budget.limit() < 0 || budget.limit() > HIGHEST) {
            throw BudgetProblem.invalid(
                    "The limit is at least 0 and at most 1,000,000,000 dollars, or 1,000,000,000,000,000 of anything else.");
        }
        checkWarnings(budget.warnAt());
        checkAtLimit(budget);
    }

    private static void checkWarnings(List<Integer> warnAt) {
        boolean wrong = warnAt.stream().anyMatch(it -> it < 1 || it > 100)
                || !warnAt.stream().sorted().distinct().toList().equals(warnAt);
        if (wrong || warnAt.size() > MOST_WARNINGS) {
            throw BudgetProblem.invalid("Warnings are at most " + MOST_WARNINGS
                    + " different percents of the limit, from 1 to 100, the lowest first.");
        }
    }

    private static void checkAtLimit(Budget budget) {
        String model = switch (budget.atLimit()) {
            case AtLimit.Degrade degrade -> degrade.model();
            case AtLimit.Switch change -> change.model();
            case AtLimit.Cut cut -> "";
            case AtLimit.FinishSentence finish -> "";
        };
        if (!model.isEmpty() && model.equals(budget.reach().model())) {
            throw BudgetProblem.invalid("A budget for " + model + " can't lead to " + model + " at its limit.");
        }
    }
}
