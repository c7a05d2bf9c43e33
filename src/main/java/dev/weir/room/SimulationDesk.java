package dev.weir.room;

import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Draft;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Tariff;
import dev.weir.budget.simulation.Report;
import dev.weir.budget.simulation.Simulation;
import dev.weir.identity.User;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.room.Refusal.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells what would have been, had budgets held: for those who may see budgets, of the answers and the budgets that they may
 * see. Changes nothing. Methods block. Thread-safe.
 */
@ApplicationScoped
public class SimulationDesk {

    /** The most days. */
    public static final int MOST_DAYS = 366;

    /** The most answers. */
    public static final int MOST_ANSWERS = 500_000;

    private static final int AT_ONCE = 1_000;

    private final BudgetDesk desk;
    private final ModelCatalogue models;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected SimulationDesk() {
        this(null, null, null);
    }

    @Inject
    public SimulationDesk(BudgetDesk desk, ModelCatalogue models) {
        this(desk, models, InstantSource.system());
    }

    SimulationDesk(BudgetDesk desk, ModelCatalogue models, InstantSource clock) {
        this.desk = desk;
        this.models = models;
        this.clock = clock;
    }

    /**
     * What is to be tried out.
     *
     * @param from the first day, in the time zone of each answer's organisation; without it the first of the month of the
     *     last day
     * @param to the last day; without it the last of the month before this one, or of the month of {@code from}
     * @param draft a budget that nobody has made
     * @param present whether the budgets that there are count too
     */
    public record Wanted(Optional<LocalDate> from, Optional<LocalDate> to, Optional<Draft> draft, boolean present) {}

    /**
     * What came of it.
     *
     * @param complete false when there were more than {@value #MOST_ANSWERS} answers, and only the first ones were looked at
     */
    public record Result(LocalDate from, LocalDate to, Report report, boolean complete) {}

    /**
     * Tries it out.
     *
     * @throws Refusal when the days or the draft can't be so, or the caller may see no budgets
     */
    public Result simulate(User caller, Wanted wanted) {
        desk.checkMayRead(caller);
        List<Budget> budgets = new ArrayList<>();
        if (wanted.present()) {
            desk.budgets(caller).stream().map(Standing::budget).forEach(budgets::add);
        }
        wanted.draft().map(it -> desk.imagined(caller, it)).ifPresent(budgets::add);
        Days days = days(caller, wanted);
        Simulation simulation = new Simulation(budgets, tariffs());
        Reach reach = budgets.size() == 1 ? budgets.getFirst().reach() : Reach.ALL;
        boolean complete = feed(caller, days, reach, simulation);
        return new Result(days.from(), days.to(), simulation.report(), complete);
    }

    private boolean feed(User caller, Days days, Reach reach, Simulation simulation) {
        String after = "";
        for (int fed = 0; fed < MOST_ANSWERS; fed += AT_ONCE) {
            List<Bill> page = desk.bills(caller, days.from(), days.to(), reach, after, AT_ONCE);
            page.forEach(simulation::add);
            if (page.size() < AT_ONCE) {
                return true;
            }
            after = page.getLast().id();
        }
        return false;
    }

    private record Days(LocalDate from, LocalDate to) {}

    private Days days(User caller, Wanted wanted) {
        YearMonth last = YearMonth.from(clock.instant().atZone(desk.timeZone(caller.organisation())))
                .minusMonths(1);
        LocalDate to = wanted.to()
                .orElseGet(() -> wanted.from().map(YearMonth::from).orElse(last).atEndOfMonth());
        LocalDate from = wanted.from().orElseGet(() -> to.withDayOfMonth(1));
        if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new Refusal(
                    Code.INVALID, "The last day is not before the first, and they are at most " + MOST_DAYS + " days.");
        }
        return new Days(from, to);
    }

    private Map<String, Tariff> tariffs() {
        Function<ModelSpec, Tariff> tariff = it -> it.price()::micros;
        return models.specs().stream().collect(Collectors.toMap(ModelSpec::name, tariff));
    }
}
