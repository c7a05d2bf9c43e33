package dev.weir.turn;

import dev.weir.event.Usage;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.Moderation;
import dev.weir.pipeline.safety.Judge;
import dev.weir.pipeline.safety.Judges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Judges that are models of the catalogue. A provider's moderation says nothing of what it uses, and is not counted. */
@ApplicationScoped
public class ModelJudges implements Judges {

    private final ModelCatalogue catalogue;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ModelJudges() {
        this.catalogue = null;
    }

    @Inject
    public ModelJudges(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Judge of(By by, Consumer<Usage> spent) {
        return switch (by.way()) {
            case RUBRIC ->
                new RubricJudge(
                        catalogue
                                .model(by.model())
                                .orElseThrow(() -> new IllegalArgumentException("There is no model “" + by.model()
                                        + "” that could judge; name one of weir.models.")),
                        by.rubric(),
                        spent);
            case MODERATION ->
                moderating(catalogue
                        .moderation(by.model(), by.moderationModel())
                        .orElseThrow(() -> new IllegalArgumentException("There is no model “" + by.model()
                                + "” whose provider has a moderation; name one of weir.models with provider openai.")));
        };
    }

    private static Judge moderating(Moderation moderation) {
        return (context, text) -> {
            CompletableFuture<Moderation.Flag> flag = moderation.look(text);
            CompletableFuture<Judge.Judgement> judgement =
                    flag.thenApply(it -> new Judge.Judgement(it.category(), it.score()));
            judgement.whenComplete((done, failure) -> flag.cancel(true));
            return judgement;
        };
    }
}
