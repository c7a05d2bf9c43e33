package dev.weir.admin;

import dev.weir.budget.Consumption;
import dev.weir.budget.Totals;
import dev.weir.event.Outcome;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.NodeRoles;
import dev.weir.turn.Activity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The catalogue, with what each model has done on this node since it started. */
@Named
@RequestScoped
public class ModelsView {

    @Inject
    ModelCatalogue catalogue;

    @Inject
    NodeRoles roles;

    @Inject
    Activity activity;

    @Inject
    Consumption consumption;

    @Inject
    TurnNews news;

    @Inject
    Config config;

    public List<ModelCard> getModels() {
        Map<String, Activity.Totals> totals = activity.totals();
        Map<String, Totals> used = consumption.totals(Consumption.By.MODEL);
        return catalogue.specs().stream()
                .map(it -> new ModelCard(
                        it,
                        key(it),
                        Optional.ofNullable(totals.get(it.name())),
                        news.latest(it.name()),
                        used.get(it.name())))
                .toList();
    }

    /** Whether a key is set is all that anybody learns of it. */
    private String key(ModelSpec spec) {
        if (spec.demonstration()) {
            return "not needed";
        }
        if (!roles.inference()) {
            return "at the nodes that run it";
        }
        return config.getConfigValue("weir.models." + spec.name() + ".api-key").getValue() == null ? "not set" : "set";
    }

    /** A model as the page shows it: everything in words. */
    public static final class ModelCard {

        private final ModelSpec spec;
        private final String key;
        private final Optional<Activity.Totals> totals;
        private final Optional<TurnNews.Latest> latest;
        private final @Nullable Totals used;

        ModelCard(
                ModelSpec spec,
                String key,
                Optional<Activity.Totals> totals,
                Optional<TurnNews.Latest> latest,
                @Nullable Totals used) {
            this.spec = spec;
            this.key = key;
            this.totals = totals;
            this.latest = latest;
            this.used = used;
        }

        public ModelSpec getSpec() {
            return spec;
        }

        public String getKey() {
            return key;
        }

        public String getPrice() {
            ModelSpec.Price price = spec.price();
            return Numbers.price(price.input()) + " in, " + Numbers.price(price.output()) + " out";
        }

        public String getContextWindow() {
            return Numbers.grouped(spec.contextWindow()) + " tokens";
        }

        /** {@code good}, {@code bad}, or {@code unknown} when it has not ended a turn yet. */
        public String getHealth() {
            return latest.map(it -> it.outcome() == Outcome.FAILED ? "bad" : "good")
                    .orElse("unknown");
        }

        public String getHealthWords() {
            return latest.map(ModelCard::words).orElse(totals.isPresent() ? "Answering" : "Not asked yet");
        }

        private static String words(TurnNews.Latest latest) {
            return switch (latest.failuresInARow()) {
                case 0 -> "Working";
                case 1 -> "Last turn failed";
                default -> "Last " + latest.failuresInARow() + " turns failed";
            };
        }

        /** Why the latest turn failed; empty when it did not. */
        public String getTrouble() {
            return latest.filter(it -> it.failuresInARow() > 0)
                    .map(TurnNews.Latest::reason)
                    .orElse("");
        }

        /** {@code 12 complete, 1 stopped}. */
        public String getTurns() {
            return totals.map(it -> ended(it.ended()))
                    .filter(it -> !it.isEmpty())
                    .orElse("–");
        }

        private static String ended(Map<Outcome, Long> ended) {
            return ended.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(it ->
                            Numbers.grouped(it.getValue()) + " " + it.getKey().word())
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("");
        }

        public String getFirstDelta() {
            return totals.map(Activity.Totals::firstDelta)
                    .filter(it -> it.count() > 0)
                    .map(it -> Numbers.duration(it.quantileNanos(0.5)) + " median, "
                            + Numbers.duration(it.quantileNanos(0.95)) + " 95th percentile")
                    .orElse("–");
        }

        /** Output tokens per second of writing: from the first delta to the end. */
        public String getSpeed() {
            return totals.map(ModelCard::speed).orElse("–");
        }

        private static String speed(Activity.Totals totals) {
            double seconds = (totals.duration().sumNanos() - totals.firstDelta().sumNanos()) / 1e9;
            return seconds <= 0 || totals.outputTokens() == 0
                    ? "–"
                    : Math.round(totals.outputTokens() / seconds) + " tokens a second";
        }

        public String getTokens() {
            return Spent.tokens(used);
        }

        public String getCost() {
            return totals.map(it -> Numbers.dollars(it.micros())).orElse("–");
        }
    }
}
