package dev.weir.admin;

import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Draft;
import dev.weir.budget.Period;
import dev.weir.budget.Unit;
import dev.weir.budget.simulation.Trial;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.room.Refusal;
import dev.weir.room.SimulationDesk;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the answers of some days would have used under budgets; everything is asked by the address. */
@Named
@RequestScoped
public class SimulationView {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    @Inject
    SimulationDesk desk;

    @Inject
    BudgetScopes scopes;

    @Inject
    ModelCatalogue catalogue;

    @Inject
    ConsoleCaller me;

    /** What the address says, by name; what is not there is empty. */
    private final Map<String, String> asked = new HashMap<>();

    private final Map<String, String> problems = new HashMap<>();
    private SimulationDesk.@Nullable Result result;

    /** Tries it out, when something is asked for. */
    public void load() {
        asked.values().removeIf(it -> it == null || it.isBlank());
        asked.putIfAbsent("unit", "usd");
        asked.putIfAbsent("period", "month");
        if (!isWanted()) {
            return;
        }
        Optional<LocalDate> from = day("from");
        Optional<LocalDate> to = day("to");
        boolean drafted = !what().equals("present");
        Optional<Draft> draft = drafted ? draft() : Optional.empty();
        if (problems.isEmpty()) {
            try {
                result = desk.simulate(me.user(), new SimulationDesk.Wanted(from, to, draft, !what().equals("draft")));
            } catch (Refusal e) {
                problems.put("all", e.detail());
            }
        }
    }

    private boolean isWanted() {
        return asked.containsKey("what");
    }

    private String what() {
        return asked.getOrDefault("what", "present");
    }

    private Optional<Draft> draft() {
        Map<String, String> fields = new HashMap<>(asked);
        fields.put("name", "The budget above");
        BudgetForm form = new BudgetForm(fields);
        Optional<Draft> draft = form.draft(scopes::userByLogin);
        problems.putAll(form.problems());
        return draft;
    }

    private Optional<LocalDate> day(String name) {
        try {
            return Optional.ofNullable(asked.get(name)).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            problems.put(name, "This is no date. Write one such as 2030-01-31.");
            return Optional.empty();
        }
    }

    /** What the address says. */
    public Map<String, String> getAsked() {
        return asked;
    }

    /** What is wrong with it, by field; under {@code all} what is wrong with the whole. */
    public Map<String, String> getProblems() {
        return problems;
    }

    public List<ModelSpec> getModels() {
        return catalogue.specs();
    }

    /** What came of it; none when nothing was asked for, or something was wrong. */
    public SimulationDesk.@Nullable Result getResult() {
        return result;
    }

    /** {@code 1 Jan 2030 to 31 Jan 2030}. */
    public String getDays() {
        SimulationDesk.Result found = result;
        return found == null ? "" : DAY.format(found.from()) + " to " + DAY.format(found.to());
    }

    public String getCost() {
        SimulationDesk.Result found = result;
        return found == null ? "" : Amounts.words(Unit.USD, found.report().micros());
    }

    public String getCostThen() {
        SimulationDesk.Result found = result;
        return found == null ? "" : Amounts.words(Unit.USD, found.report().charged());
    }

    /** {@code $1.20 less}, {@code $0.05 more}, {@code the same}. */
    public String getSaved() {
        SimulationDesk.Result found = result;
        long saved =
                found == null ? 0 : found.report().micros() - found.report().charged();
        String amount = Amounts.words(Unit.USD, Math.abs(saved));
        return saved == 0 ? "the same" : amount + (saved > 0 ? " less" : " more");
    }

    public List<Outcome> getOutcomes() {
        SimulationDesk.Result found = result;
        return found == null
                ? List.of()
                : found.report().trials().stream()
                        .map(it -> new Outcome(it, scopes.words(it.budget().reach())))
                        .toList();
    }

    /** What one budget would have done, as the page shows it. */
    public record Outcome(Trial trial, String scope) {

        public Budget budget() {
            return trial.budget();
        }

        public String limit() {
            return Amounts.words(budget().unit(), budget().limit());
        }

        public String period() {
            return BudgetLine.words(budget().period());
        }

        public String used() {
            return amount(trial.used());
        }

        public String charged() {
            return amount(trial.charged());
        }

        private String amount(long amount) {
            return BudgetLine.amount(budget().unit(), amount);
        }

        /** {@code 2 of 4 periods}. */
        public String reached() {
            return Numbers.grouped(trial.reached()) + " of " + Numbers.grouped(trial.periods());
        }

        /** Whether the list of periods leaves some out. */
        public boolean partly() {
            return trial.stretches().size() < trial.periods();
        }

        public List<Part> parts() {
            return trial.stretches().stream().map(it -> new Part(this, it)).toList();
        }
    }

    /** A period, in the budget's time zone. */
    public record Part(Outcome outcome, Trial.Stretch stretch) {

        public String when() {
            Budget budget = outcome.budget();
            boolean ofDays = !(budget.period() == Period.Calendar.MINUTE || budget.period() == Period.Calendar.HOUR);
            Instant start = Instant.ofEpochMilli(stretch.window().start());
            return (ofDays ? DAY : MOMENT).format(start.atZone(budget.zone()));
        }

        public String used() {
            return outcome.amount(stretch.used());
        }

        public String charged() {
            return outcome.amount(stretch.charged());
        }

        public String reachedAt() {
            return stretch.reachedAt()
                    .map(it -> MOMENT.format(it.atZone(outcome.budget().zone())))
                    .orElse("not reached");
        }
    }
}
