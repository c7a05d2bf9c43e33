package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one interceptor runs under a plan, and who said so. Does not change. */
public final class InForce {

    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);

    private final StreamInterceptor interceptor;
    private final Function<String, Optional<String>> configuration;

    /** The policies that may set its settings, the widest first. */
    private final List<Layers.Layer> free = new ArrayList<>();

    private Mode mode = Mode.ENFORCE;
    private Origin modeFrom = Origin.DEFAULT;
    private Optional<Origin> lockedBy = Optional.empty();

    InForce(StreamInterceptor interceptor, Layers layers, Function<String, Optional<String>> configuration) {
        this.interceptor = interceptor;
        this.configuration = configuration;
        configured("mode").ifPresent(this::configuredMode);
        if (configured("locked").filter(Boolean::parseBoolean).isPresent()) {
            lockedBy = Optional.of(Origin.CONFIGURATION);
        }
        layers.layers().forEach(this::apply);
    }

    /** A word that is no mode counts as {@code enforce}, for nothing is silently off. */
    private void configuredMode(String word) {
        modeFrom = Origin.CONFIGURATION;
        try {
            mode = Mode.of(word);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "weir.interceptors.{}.mode is not a mode: {}. Use enforce, report or off; enforce is used now.",
                    name(),
                    word);
        }
    }

    private void apply(Layers.Layer layer) {
        Tuning tuning = layer.policy().of(name());
        boolean locked = lockedBy.isPresent();
        tuning.mode().filter(it -> !locked || it.isStricterThan(mode)).ifPresent(it -> {
            mode = it;
            modeFrom = layer.origin();
        });
        if (!locked) {
            free.add(layer);
            lockedBy = locks(layer, tuning) ? Optional.of(layer.origin()) : Optional.empty();
        }
    }

    private boolean locks(Layers.Layer layer, Tuning tuning) {
        return tuning.locked()
                .orElseGet(() -> layer.origin() == Origin.INSTALLATION
                        && configured("locked").map(Boolean::parseBoolean).orElseGet(interceptor::isLockedAtFirst));
    }

    public StreamInterceptor interceptor() {
        return interceptor;
    }

    public String name() {
        return interceptor.name();
    }

    public Mode mode() {
        return mode;
    }

    /** False when it is off, or has not been given what it needs. */
    public boolean runs() {
        return mode != Mode.OFF && interceptor.isConfigured(this::setting);
    }

    public Origin modeFrom() {
        return modeFrom;
    }

    /** Who has locked it: narrower scopes may only make its mode stricter. */
    public Optional<Origin> lockedBy() {
        return lockedBy;
    }

    /** Who has locked it for scopes of this kind: one of a wider kind, or the configuration. */
    public Optional<Origin> lockedFor(Scope.Kind kind) {
        return lockedBy.filter(it -> it.compareTo(Origin.of(kind)) < 0);
    }

    /** Whether the scope of this kind has locked it, or has not unlocked it, for narrower ones. */
    public boolean isLockedIn(Scope.Kind kind) {
        return lockedBy.equals(Optional.of(Origin.of(kind)));
    }

    /** The value of a setting when somebody has set it, whether the interceptor has declared it or not. */
    public Optional<String> setting(String key) {
        for (Layers.Layer layer : free.reversed()) {
            String value = layer.policy().of(name()).settings().get(key);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return configured(key);
    }

    /** The value of a declared setting. */
    public String value(Setting setting) {
        return setting(setting.key()).orElse(setting.byDefault());
    }

    /** Where {@link #value} comes from. */
    public Origin from(String key) {
        for (Layers.Layer layer : free.reversed()) {
            if (layer.policy().of(name()).settings().containsKey(key)) {
                return layer.origin();
            }
        }
        return configured(key).isPresent() ? Origin.CONFIGURATION : Origin.DEFAULT;
    }

    private Optional<String> configured(String key) {
        return configuration.apply("weir.interceptors." + name() + "." + key);
    }
}
