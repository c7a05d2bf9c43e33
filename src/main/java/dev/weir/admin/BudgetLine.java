package dev.weir.admin;

import dev.weir.budget.Amounts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.Period;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A budget as pages show it.
 *
 * @param scope in whose words it is
 */
public record BudgetLine(Standing standing, String scope) {

    public Budget budget() {
        return standing.budget();
    }

    /** {@code $12.50}, {@code 1,200 tokens}. */
    public String limit() {
        return Amounts.words(unit(), budget().limit());
    }

    /** As it would be typed. */
    public String typedLimit() {
        return Amounts.text(unit(), budget().limit());
    }

    public String charged() {
        return amount(standing.charged());
    }

    public String held() {
        return amount(standing.held());
    }

    public String corrected() {
        return amount(standing.corrected());
    }

    public String left() {
        return amount(standing.left());
    }

    /** Whether there is something to say about it. */
    public boolean holding() {
        return standing.held() > 0;
    }

    public boolean corrections() {
        return standing.corrected() > 0;
    }

    private String amount(long amount) {
        return amount(unit(), amount);
    }

    /** Without the unit's name, where that is not dollars. */
    static String amount(Unit unit, long amount) {
        return unit == Unit.USD ? Amounts.words(unit, amount) : Numbers.grouped(amount);
    }

    /** How much of the bar is what was charged, 0 to 100. */
    public int chargedPart() {
        return part(standing.charged());
    }

    /** How much of the bar is what is held, so that both together are at most 100. */
    public int heldPart() {
        return Math.min(100 - chargedPart(), part(standing.held()));
    }

    private int part(long amount) {
        long limit = budget().limit();
        return limit == 0 ? 100 : (int) Math.min(100, Math.ceil((double) amount * 100 / limit));
    }

    public int percent() {
        return standing.percent();
    }

    /** {@code free}, {@code warned}, {@code exhausted}, {@code paused}. */
    public String state() {
        return standing.state().name().toLowerCase(Locale.ROOT);
    }

    public String stateWords() {
        return switch (standing.state()) {
            case FREE -> "in force";
            case WARNED -> "nearly used up";
            case EXHAUSTED -> "used up";
            case PAUSED -> "paused";
        };
    }

    /** A moment of ISO 8601; empty when it never begins anew. */
    public String resets() {
        return unit() == Unit.CONCURRENT_TURNS
                ? ""
                : Instant.ofEpochMilli(standing.window().end()).toString();
    }

    /** {@code a month}, {@code 24 hours, rolling}; empty for answers at a time. */
    public String period() {
        return unit() == Unit.CONCURRENT_TURNS ? "at a time" : words(budget().period());
    }

    static String words(Period period) {
        return switch (period) {
            case Period.Calendar calendar -> "a " + calendar.word();
            case Period.Rolling rolling -> words(rolling.length()) + ", rolling";
        };
    }

    private static String words(Duration length) {
        if (length.toSeconds() % 86_400 == 0 && length.toDays() > 1) {
            return length.toDays() + " days";
        }
        return length.toSeconds() % 3_600 == 0
                ? length.toHours() + (length.toHours() == 1 ? " hour" : " hours")
                : length.toMinutes() + " minutes";
    }

    public String atLimit() {
        return switch (budget().atLimit()) {
            case AtLimit.Cut cut -> "answers are cut";
            case AtLimit.FinishSentence finish -> "answers end with the sentence";
            case AtLimit.Switch change -> change.model() + " goes on";
            case AtLimit.Degrade degrade -> degrade.model() + " answers from " + degrade.percent() + "% on";
        };
    }

    public String warnings() {
        return budget().warnAt().isEmpty()
                ? "none"
                : budget().warnAt().stream().map(it -> it + "%").collect(Collectors.joining(", "));
    }

    private Unit unit() {
        return budget().unit();
    }
}
