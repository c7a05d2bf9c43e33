package dev.weir.room;

import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Budgets and their changes as the audit has them: {@code [org:acme model:smart] Team: limit 250 -> 300 usd}. What comes
 * before the name says whose it is, so that managers are shown what concerns their organisation also when the budget is gone.
 */
final class BudgetWords {

    private static final Pattern FORM = Pattern.compile("(\\[[^\\]]*]) (.*)", Pattern.DOTALL);

    private BudgetWords() {}

    /** The whole budget. */
    static String of(Budget budget) {
        return scope(budget) + " " + budget.name() + ": "
                + facts(budget).stream().map(Fact::words).collect(Collectors.joining(", "));
    }

    /** What is another. */
    static String of(Budget before, Budget after) {
        List<Fact> was = facts(before);
        List<Fact> is = facts(after);
        List<String> changes = new ArrayList<>();
        if (!before.name().equals(after.name())) {
            changes.add("name " + before.name() + " -> " + after.name());
        }
        for (int i = 0; i < is.size(); i++) {
            if (!is.get(i).equals(was.get(i))) {
                changes.add(is.get(i).name() + " " + was.get(i).value() + " -> "
                        + is.get(i).value() + is.get(i).unit());
            }
        }
        return scope(before) + " " + before.name() + ": "
                + (changes.isEmpty() ? "nothing changed" : String.join(", ", changes));
    }

    private record Fact(String name, String value, String unit) {
        String words() {
            return name + " " + value + unit;
        }
    }

    private static List<Fact> facts(Budget budget) {
        return List.of(
                new Fact(
                        "limit",
                        Amounts.text(budget.unit(), budget.limit()),
                        " " + budget.unit().word()),
                new Fact(
                        "period",
                        budget.unit() == Unit.CONCURRENT_TURNS
                                ? "none"
                                : budget.period().word(),
                        ""),
                new Fact("at the limit", budget.atLimit().word(), ""),
                new Fact(
                        "warnings at",
                        budget.warnAt().isEmpty()
                                ? "none"
                                : budget.warnAt().stream().map(it -> it + "%").collect(Collectors.joining(" ")),
                        ""),
                new Fact("paused", budget.paused() ? "yes" : "no", ""));
    }

    private static String scope(Budget budget) {
        Reach reach = budget.reach();
        List<String> words = new ArrayList<>();
        put(words, "org", reach.organisation());
        put(words, "user", reach.user());
        put(words, "key", reach.key());
        put(words, "room", reach.room());
        put(words, "model", reach.model());
        return "[" + (words.isEmpty() ? "everything" : String.join(" ", words)) + "]";
    }

    private static void put(List<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name + ":" + value.replaceAll("[\\[\\]\\s]", "_"));
        }
    }

    /** Whether a text is of a budget of this organisation. */
    static boolean isOf(String text, String organisation) {
        return !organisation.isEmpty()
                && (text.startsWith("[org:" + organisation + " ") || text.startsWith("[org:" + organisation + "]"));
    }

    /** A text without whose the budget is; empty when it is not in this form. */
    static Optional<String> withoutScope(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }
}
