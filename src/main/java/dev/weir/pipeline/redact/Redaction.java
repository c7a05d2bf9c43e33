package dev.weir.pipeline.redact;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes personal and secret data out of answers, and of prompts where it is set so. Each kind of data has a setting of
 * its name that says what is done with it; {@code docs/redaction.md} has them all. It holds no more than what can still
 * become something that it must change, and what comes out is the same however the text was cut into deltas.
 */
@ApplicationScoped
@Priority(2000)
public class Redaction implements StreamInterceptor {

    private static final int MOST_PLANS = 100;

    private final List<Setting> settings = RedactionSettings.all();
    private final ConcurrentMap<Map<String, String>, Plan> plans = new ConcurrentHashMap<>();
    private final PseudonymKey key;

    /** For the container's proxy only. */
    protected Redaction() {
        this(() -> new byte[0]);
    }

    @Inject
    public Redaction(PseudonymKey key) {
        this.key = key;
    }

    @Override
    public String name() {
        return "redact";
    }

    @Override
    public int maxHeld() {
        return Engine.MOST_HELD;
    }

    @Override
    public List<Setting> settings() {
        return settings;
    }

    @Override
    public Optional<String> problem(String key, String value) {
        return RedactionSettings.problem(key, value);
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        Map<String, String> values = new HashMap<>();
        settings.forEach(it -> values.put(it.key(), branch.setting(it.key(), it.byDefault())));
        Plan plan = plan(values);
        Pseudonyms pseudonyms = plan.pseudonyms() ? new Pseudonyms(key.bytes(), branch.room()) : null;
        return new RedactionStage(plan, branch, next, pseudonyms);
    }

    /** The settings when nobody sets any. */
    static Function<String, String> defaults() {
        Map<String, String> values = new HashMap<>();
        RedactionSettings.all().forEach(it -> values.put(it.key(), it.byDefault()));
        return key -> values.getOrDefault(key, "");
    }

    private Plan plan(Map<String, String> values) {
        @Nullable Plan known = plans.get(values);
        if (known != null) {
            return known;
        }
        RedactionSettings.checkAll(it -> values.getOrDefault(it, ""));
        Plan made = Plan.of(it -> values.getOrDefault(it, ""));
        if (plans.size() >= MOST_PLANS) {
            plans.clear();
        }
        plans.put(values, made);
        return made;
    }
}
