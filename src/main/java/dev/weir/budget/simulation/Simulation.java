package dev.weir.budget.simulation;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Ledger;
import dev.weir.budget.Payer;
import dev.weir.budget.Tariff;
import dev.weir.event.Usage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries out budgets on bills. What it supposes:
 *
 * <ul>
 *   <li>An answer happens as a whole when it ended, after all that ended before it.
 *   <li>It is refused when there is no room for its input and {@link Ledger#LEAST_OUTPUT} output tokens, and cut where
 *       nothing is left.
 *   <li>Another model uses the same tokens and costs what its tariff says now; one that goes on in mid-answer reads what is
 *       there as input.
 *   <li>Budgets begin with nothing used, and nobody asks less or again because of a refusal.
 * </ul>
 *
 * Not thread-safe.
 */
public final class Simulation {

    /** Detours may lead to models with detours; as answers are routed. */
    private static final int MOST_DETOURS = 3;

    private final List<Tried> tried;
    private final Map<String, Tariff> tariffs;
    private long answers;
    private long refused;
    private long cut;
    private long degraded;
    private long switched;
    private long micros;
    private long charged;

    /** @param tariffs of the models that there are, by their names */
    public Simulation(List<Budget> budgets, Map<String, Tariff> tariffs) {
        this.tried = budgets.stream()
                .sorted(Comparator.comparing(Budget::id))
                .map(Tried::new)
                .toList();
        this.tariffs = Map.copyOf(tariffs);
    }

    /** An answer, as it would be: who pays, with which model, and what it uses. */
    private record Answer(String id, Instant at, Payer payer, Priced priced) {

        Answer by(String model, Usage usage, Tariff tariff) {
            return new Answer(id, at, payer.asking(model), new Priced(usage, tariff));
        }
    }

    /** Takes the next bill, which was not settled before the last one. */
    public void add(Bill bill) {
        answers++;
        micros += bill.usage().micros();
        tried.forEach(it -> it.saw(bill));
        Answer asked = new Answer(
                bill.id(),
                bill.at(),
                bill.payer(),
                new Priced(bill.usage(), tariffs.get(bill.payer().model())));
        Answer answer = routed(asked);
        degraded += answer.payer().equals(asked.payer()) ? 0 : 1;
        begin(answer);
    }

    private Answer routed(Answer asked) {
        Answer answer = asked;
        for (int i = 0; i < MOST_DETOURS; i++) {
            Answer next = detoured(answer);
            if (next.equals(answer)) {
                return answer;
            }
            answer = next;
        }
        return answer;
    }

    private Answer detoured(Answer answer) {
        for (Tried each : tried) {
            Optional<String> model = each.detour(answer.payer(), answer.at());
            Tariff tariff = model.map(tariffs::get).orElse(null);
            if (model.isPresent() && tariff != null) {
                each.degraded();
                return answer.by(model.get(), costing(answer.priced().usage(), tariff), tariff);
            }
        }
        return answer;
    }

    private static Usage costing(Usage usage, Tariff tariff) {
        return new Usage(
                usage.inputTokens(),
                usage.cachedInputTokens(),
                usage.outputTokens(),
                usage.reasoningTokens(),
                tariff.micros(usage.inputTokens(), usage.cachedInputTokens(), usage.outputTokens()),
                true);
    }

    private void begin(Answer answer) {
        Optional<Tried> refusing = refusing(answer);
        if (refusing.isPresent()) {
            refusing.get().refuse(answer.at());
            refused++;
        } else {
            write(answer, true);
        }
    }

    private Optional<Tried> refusing(Answer answer) {
        Priced priced = answer.priced();
        Usage least = priced.upTo(Math.min(Ledger.LEAST_OUTPUT, priced.usage().outputTokens()));
        return concerned(answer).stream()
                .filter(it -> it.unit().bill(least) > it.left(answer.at()))
                .findFirst();
    }

    private List<Tried> concerned(Answer answer) {
        return tried.stream().filter(it -> it.concerns(answer.payer())).toList();
    }

    private void write(Answer answer, boolean maySwitch) {
        Priced priced = answer.priced();
        List<Tried> concerned = concerned(answer);
        long fits = priced.usage().outputTokens();
        Tried tightest = null;
        for (Tried each : concerned) {
            long most = priced.most(each.unit(), each.left(answer.at()));
            if (most < fits) {
                fits = most;
                tightest = each;
            }
        }
        Usage part = priced.upTo(fits);
        charged += part.micros();
        concerned.forEach(it -> it.charge(answer.id(), part, answer.at()));
        if (tightest != null) {
            end(answer, fits, tightest, maySwitch);
        }
    }

    private void end(Answer answer, long written, Tried tightest, boolean maySwitch) {
        String other = tightest.atLimit() instanceof AtLimit.Switch change ? change.model() : "";
        Tariff tariff = tariffs.get(other);
        boolean goesOn =
                maySwitch && tariff != null && !other.equals(answer.payer().model());
        tightest.cut(answer.at(), goesOn);
        if (!goesOn || tariff == null) {
            cut++;
            return;
        }
        switched++;
        Usage usage = answer.priced().usage();
        Usage rest = new Usage(usage.inputTokens() + written, usage.outputTokens() - written, 0, true);
        Answer further = new Answer(
                answer.id() + "+",
                answer.at(),
                answer.payer().asking(other),
                new Priced(costing(rest, tariff), tariff));
        Optional<Tried> refusing = refusing(further);
        if (refusing.isPresent()) {
            refusing.get().cut(answer.at(), false);
            cut++;
        } else {
            write(further, false);
        }
    }

    /** What came of it; no bill can be added afterwards. */
    public Report report() {
        return new Report(
                answers,
                refused,
                cut,
                degraded,
                switched,
                micros,
                charged,
                tried.stream().map(Tried::trial).toList());
    }
}
