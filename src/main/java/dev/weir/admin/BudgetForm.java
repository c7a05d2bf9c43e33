package dev.weir.admin;

import dev.weir.budget.Amounts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it was typed: {@code name}, {@code unit}, {@code limit}, {@code period}, {@code rolling}, {@code organisation},
 * {@code user} (a login), {@code model}, {@code room}, {@code key}, {@code at} (what happens at the limit), {@code other} and
 * {@code percent} (of that), {@code warnings}, {@code paused}. What is wrong is kept by field.
 */
final class BudgetForm {

    private static final String ROLLING = "rolling";

    private final Map<String, String> fields;
    private final Map<String, String> problems = new LinkedHashMap<>();

    BudgetForm(Map<String, String> fields) {
        this.fields = fields;
    }

    /** What a budget is like, as it would be typed. */
    static Map<String, String> fields(dev.weir.budget.Budget budget) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", budget.name());
        fields.put("unit", budget.unit().word());
        fields.put("limit", Amounts.text(budget.unit(), budget.limit()));
        boolean rolls = budget.period() instanceof Period.Rolling;
        fields.put("period", rolls ? ROLLING : budget.period().word());
        fields.put(ROLLING, rolls ? budget.period().word().substring(ROLLING.length() + 1) : "");
        fields.put(
                "warnings",
                String.join(", ", budget.warnAt().stream().map(String::valueOf).toList()));
        fields.put("paused", Boolean.toString(budget.paused()));
        fields.put("version", Long.toString(budget.version()));
        switch (budget.atLimit()) {
            case AtLimit.Cut cut -> fields.put("at", cut.word());
            case AtLimit.FinishSentence finish -> fields.put("at", finish.word());
            case AtLimit.Switch change -> other(fields, "switch", change.model(), "");
            case AtLimit.Degrade degrade ->
                other(fields, "degrade", degrade.model(), Integer.toString(degrade.percent()));
        }
        return fields;
    }

    private static void other(Map<String, String> fields, String at, String model, String percent) {
        fields.put("at", at);
        fields.put("other", model);
        fields.put("percent", percent);
    }

    /** What is wrong, by field; empty while nothing is. */
    Map<String, String> problems() {
        return problems;
    }

    /**
     * The budget that was meant; empty when something is wrong with it.
     *
     * @param userByLogin the id of a user; empty for nobody
     */
    Optional<Draft> draft(Function<String, Optional<String>> userByLogin) {
        Unit unit = Unit.of(value("unit")).orElse(Unit.TOKENS);
        String name = name();
        long limit = limit(unit);
        Period period = period(unit);
        Reach reach = new Reach(user(userByLogin), value("organisation"), value("key"), value("room"), value("model"));
        List<Integer> warnings = warnings();
        AtLimit atLimit = atLimit();
        return problems.isEmpty()
                ? Optional.of(new Draft(name, reach, unit, limit, period, warnings, atLimit, isPaused()))
                : Optional.empty();
    }

    /** The change that was meant; empty when something is wrong with it. */
    Optional<Change> change(Unit unit) {
        Change change = new Change(name(), limit(unit), warnings(), atLimit(), isPaused());
        return problems.isEmpty() ? Optional.of(change) : Optional.empty();
    }

    /** Only another limit. */
    Optional<Change> raise(Unit unit) {
        long limit = limit(unit);
        return problems.isEmpty() ? Optional.of(Change.limit(limit)) : Optional.empty();
    }

    /** The version from which the change was made. */
    Optional<Long> version() {
        return value("version").matches("\\d{1,18}") ? Optional.of(Long.valueOf(value("version"))) : Optional.empty();
    }

    private boolean isPaused() {
        return value("paused").equals("true");
    }

    private String name() {
        if (value("name").isEmpty()) {
            problems.put("name", "Give the budget a name.");
        }
        return value("name");
    }

    private long limit(Unit unit) {
        String typed = value("limit");
        String text =
                unit == Unit.USD && typed.startsWith("$") ? typed.substring(1).strip() : typed;
        Optional<Long> amount = Amounts.of(unit, text);
        if (amount.isEmpty()) {
            problems.put(
                    "limit",
                    unit == Unit.USD
                            ? "Write dollars with a point and at most six decimals, such as 12.50."
                            : "Write a whole number without any signs, such as 100000.");
        }
        return amount.orElse(0L);
    }

    private Period period(Unit unit) {
        if (unit == Unit.CONCURRENT_TURNS) {
            return Period.Calendar.DAY;
        }
        if (!value("period").equals(ROLLING)) {
            return Period.of(value("period")).orElse(Period.Calendar.MONTH);
        }
        Optional<Period> rolling = rolling(value(ROLLING));
        if (rolling.isEmpty()) {
            problems.put(ROLLING, "Write how long, such as 90m, 24h or 7d: from a minute to 366 days.");
        }
        return rolling.orElse(Period.Calendar.MONTH);
    }

    private static Optional<Period> rolling(String text) {
        try {
            Duration length = text.matches("\\d{1,6}[mhd]") ? plain(text) : Duration.parse(text);
            return Optional.of(new Period.Rolling(length));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration plain(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private String user(Function<String, Optional<String>> userByLogin) {
        String login = value("user");
        if (login.isEmpty()) {
            return "";
        }
        Optional<String> id = userByLogin.apply(login);
        if (id.isEmpty()) {
            problems.put("user", "Nobody signs in as " + login + ".");
        }
        return id.orElse("");
    }

    private List<Integer> warnings() {
        List<Integer> percents = new ArrayList<>();
        for (String part : value("warnings").split("[,;\\s]+")) {
            String digits = part.replaceFirst("%$", "");
            if (part.isEmpty()) {
                continue;
            }
            if (!isPercent(digits)) {
                problems.put("warnings", "Write percents of the limit from 1 to 100, such as 80, 95.");
                return List.of();
            }
            percents.add(Integer.valueOf(digits));
        }
        return percents.stream().sorted().distinct().toList();
    }

    private static boolean isPercent(String digits) {
        return digits.matches("[1-9]\\d?|100");
    }

    private AtLimit atLimit() {
        return switch (value("at")) {
            case "finish-sentence" -> new AtLimit.FinishSentence();
            case "switch" -> new AtLimit.Switch(other());
            case "degrade" -> new AtLimit.Degrade(other(), percent());
            default -> AtLimit.CUT;
        };
    }

    private String other() {
        if (value("other").isEmpty()) {
            problems.put("other", "Choose the model that is to answer then.");
        }
        return value("other");
    }

    private int percent() {
        String digits = value("percent").replaceFirst("\\s*%$", "");
        if (isPercent(digits)) {
            return Integer.parseInt(digits);
        }
        problems.put("percent", "Write from which percent of the limit on, from 1 to 100.");
        return 100;
    }

    private String value(String field) {
        @Nullable String value = fields.get(field);
        return Typed.text(value);
    }
}
