package dev.weir.pipeline.safety;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has answers and prompts judged by another model. It is not there until a model is set. What can be set is in {@code
 * docs/safety.md}.
 */
@ApplicationScoped
@Priority(1200)
public class JudgeInterceptor implements StreamInterceptor {

    static final String RUBRIC = """
            hate: contempt or calls for harm against people for what they are
            violence: instructions for or praise of violence against people
            self-harm: instructions for or encouragement of harming oneself
            sexual: sexual content about minors, or against somebody's will
            illegal-weapons: how to make or get weapons, explosives or poisons
            """;

    static final String MODERATION_MODEL = "omni-moderation-latest";

    private final Judges judges;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected JudgeInterceptor() {
        this.judges = null;
    }

    @Inject
    public JudgeInterceptor(Judges judges) {
        this.judges = judges;
    }

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public boolean isConfigured(Function<String, Optional<String>> setting) {
        return setting.apply("model").filter(it -> !it.isBlank()).isPresent();
    }

    /** Beside the delta at hand. */
    @Override
    public int maxHeld() {
        return Judging.MOST_WINDOW * (JudgeStage.PARALLEL + 1);
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(List.of(
                Setting.text(
                        "model", "", "The model that judges, by its name in the catalogue; none: nothing is judged"),
                Setting.choice(
                        "way", "rubric", "Ask a chat model, or its provider's moderation", "rubric", "moderation"),
                Setting.text("moderation-model", MODERATION_MODEL, "The provider's name of its moderation model"),
                Setting.lines("rubric", RUBRIC, "What counts, for a chat model: “category: what it is” on each line"),
                Setting.choice(
                        "show",
                        "hold",
                        "Show text once it was judged, or at once and take it back",
                        "hold",
                        "retract")));
        settings.addAll(Judging.settings());
        return List.copyOf(settings);
    }

    @Override
    public Optional<String> problem(String key, String value) {
        if (!key.equals("model") || value.isBlank()) {
            return Judging.problem(key, value);
        }
        try {
            judges.of(new Judges.By(Judges.Way.RUBRIC, value.strip(), MODERATION_MODEL, RUBRIC), usage -> {});
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        Judges.By by = by(branch);
        Judging judging = Judging.of(branch, judges.of(by, usage -> branch.spent(by.model(), usage)));
        boolean hold = Judging.oneOf(branch, "show", "hold", "retract").equals("hold");
        return hold && judging.enforced() ? new HoldStage(judging, next) : new RetractStage(judging, next);
    }

    private static Judges.By by(BranchContext branch) {
        boolean rubric = Judging.oneOf(branch, "way", "rubric", "moderation").equals("rubric");
        return new Judges.By(
                rubric ? Judges.Way.RUBRIC : Judges.Way.MODERATION,
                branch.setting("model", "").strip(),
                branch.setting("moderation-model", MODERATION_MODEL).strip(),
                branch.setting("rubric", RUBRIC));
    }
}
