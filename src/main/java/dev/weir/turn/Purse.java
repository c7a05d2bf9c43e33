package dev.weir.turn;

import dev.weir.budget.Alerts.Kind;
import dev.weir.budget.Ledger;
import dev.weir.budget.Ledger.Asked;
import dev.weir.budget.Payer;
import dev.weir.budget.rate.RateLimits;
import dev.weir.event.Usage;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.ModelSpec.Price;
import dev.weir.model.StreamingModel;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.pipeline.Tokens;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** What answers are paid from. Methods that ask the ledger block. Thread-safe. */
@Dependent
class Purse {

    /** Detours may lead to models with detours. */
    private static final int MOST_DETOURS = 3;

    /** Has enough for everything. */
    static final Purse BOTTOMLESS = new Purse(Ledger.NONE, RateLimits.NONE, ModelCatalogue.NONE, Duration.ZERO, 1);

    private final Ledger ledger;
    private final RateLimits rates;
    private final ModelCatalogue models;
    private final Duration patience;
    private final int first;

    @Inject
    Purse(Ledger ledger, RateLimits rates, ModelCatalogue models, Config config) {
        this(
                ledger,
                rates,
                models,
                config.getOptionalValue("weir.budget.wait", Duration.class).orElse(Duration.ofSeconds(20)),
                config.getOptionalValue("weir.budget.lease-tokens", Integer.class)
                        .orElse(256));
    }

    /**
     * A purse.
     *
     * @param patience how long an answer waits for more when a budget is used up
     * @param first output tokens that are held for an answer before it begins
     */
    Purse(Ledger ledger, RateLimits rates, ModelCatalogue models, Duration patience, int first) {
        this.ledger = ledger;
        this.rates = rates;
        this.models = models;
        this.patience = patience;
        this.first = first;
    }

    Ledger ledger() {
        return ledger;
    }

    Duration patience() {
        return patience;
    }

    Optional<StreamingModel> model(String name) {
        return models.model(name);
    }

    /** The order as it is to be carried out, and what is to be said about that. */
    record Routed(TurnOrder order, List<String> notices) {}

    /** Has other models answer where budgets want it. */
    Routed route(TurnOrder order) {
        List<TurnOrder.Answering> answers = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (TurnOrder.Answering answering : order.answers()) {
            answers.add(route(order, answering, notices));
        }
        return notices.isEmpty() ? new Routed(order, notices) : new Routed(order.with(answers), notices);
    }

    private TurnOrder.Answering route(TurnOrder order, TurnOrder.Answering answering, List<String> notices) {
        Payer payer = payer(order, answering.model());
        StreamingModel model = route(payer, answering.model(), (detour, from, to) -> {
            ledger.tell(Kind.DEGRADED, detour.standing(), payer.asking(from.name()));
            notices.add("%d %% of the budget \"%s\" are used, so %s answers in place of %s."
                    .formatted(
                            detour.standing().percent(),
                            detour.standing().budget().name(),
                            to.label(),
                            from.label()));
        });
        return model.spec().name().equals(answering.model().spec().name())
                ? answering
                : new TurnOrder.Answering(model, answering.prompt(), answering.textBefore(), answering.replaces());
    }

    /** What becomes of a way that leads to another model. */
    @FunctionalInterface
    private interface Turning {
        void taken(Ledger.Detour detour, ModelSpec from, ModelSpec to);
    }

    private StreamingModel route(Payer payer, StreamingModel asked, Turning turning) {
        StreamingModel model = asked;
        for (int i = 0; i < MOST_DETOURS; i++) {
            Optional<Ledger.Detour> detour =
                    ledger.detour(payer.asking(model.spec().name()));
            Optional<StreamingModel> other = detour.flatMap(it -> models.model(it.model()));
            if (other.isEmpty()) {
                return model;
            }
            turning.taken(detour.orElseThrow(), model.spec(), other.get().spec());
            model = other.get();
        }
        return model;
    }

    static Payer payer(TurnOrder order, StreamingModel model) {
        return new Payer(
                order.organisation(),
                order.requestedBy().id(),
                order.key(),
                order.room(),
                model.spec().name());
    }

    RateLimits rates() {
        return rates;
    }

    /** Nothing is held for what is only looked at. */
    void check(Payer payer, StreamingModel model, String text) {
        rates.check(payer, Tokens.count(text));
        StreamingModel routed = route(payer, model, (detour, from, to) -> {});
        Price price = routed.spec().price();
        ledger.check(new Asked(
                "",
                payer.asking(routed.spec().name()),
                price::micros,
                Tokens.count(text),
                Ledger.LEAST_OUTPUT,
                Usage.NOTHING));
    }

    /** What of its model is wanted for an answer. */
    Asked asked(String branch, Payer payer, Price price, Prompt prompt, Usage before) {
        return new Asked(
                id(branch, payer.model()),
                payer,
                price::micros,
                Metering.tokens(prompt.lines()),
                Math.min(first, mostOutput(prompt)),
                before);
    }

    private static String id(String branch, String model) {
        return branch + "/" + model;
    }

    /** Whether the database has the bill of what the present model of an answer has written. Blocks. */
    boolean hasBill(AnswerUnderWay answer) {
        return ledger.hasBill(id(answer.branch(), answer.model()));
    }

    private static long mostOutput(Prompt prompt) {
        return Stream.of("max_completion_tokens", "max_tokens")
                .flatMap(it -> prompt.parameters().get(it) instanceof Number number
                        ? Stream.of(Math.max(1, number.longValue()))
                        : Stream.empty())
                .min(Long::compare)
                .orElse(Long.MAX_VALUE);
    }
}
