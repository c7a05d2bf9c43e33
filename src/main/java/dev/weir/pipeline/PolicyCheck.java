package dev.weir.pipeline;

import dev.weir.pipeline.PolicyProblem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds all that is wrong with a policy before it is kept. */
final class PolicyCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCheck.class);

    private final List<StreamInterceptor> natural;
    private final Scope.Kind scope;
    private final Policy before;
    private final Plan inherited;
    private final Optional<Origin> orderLockedBy;
    private final List<Fault> faults = new ArrayList<>();

    PolicyCheck(Pipeline pipeline, Scope.Kind scope, Layers layers) {
        this.natural = pipeline.interceptors();
        this.scope = scope;
        this.before = layers.of(scope);
        Layers above = layers.with(scope, Policy.NONE);
        for (Scope.Kind narrower : Scope.Kind.values()) {
            above = narrower.compareTo(scope) > 0 ? above.with(narrower, Policy.NONE) : above;
        }
        this.inherited = pipeline.plan(above);
        this.orderLockedBy = pipeline.orderLockedBy(above);
    }

    /** @throws PolicyProblem when anything is wrong with it */
    void check(Policy wanted) {
        wanted.order().ifPresent(this::checkOrder);
        wanted.tunings().forEach(this::checkTuning);
        if (scope == Scope.Kind.ROOM && wanted.orderLocked()) {
            add("", "", "There is nothing below a room that could be kept from another order.");
        }
        if (!faults.isEmpty()) {
            throw new PolicyProblem(faults);
        }
    }

    private void checkOrder(List<String> names) {
        orderLockedBy.ifPresent(it -> add("", "", "The order is locked by the %s.".formatted(it.word())));
        names.stream().filter(this::isStrange).forEach(it -> add("", "", unknown(it)));
        Order.problem(natural, names).ifPresent(it -> add("", "", it));
    }

    private void checkTuning(String name, Tuning tuning) {
        Optional<InForce> known = inherited.find(name);
        if (known.isEmpty()) {
            if (isStrange(name)) {
                add(name, "", unknown(name));
            }
            return;
        }
        if (scope == Scope.Kind.ROOM && tuning.locked().orElse(false)) {
            add(name, "", "There is nothing below a room that it could be locked for.");
        }
        known.get().lockedFor(scope).ifPresent(it -> checkLocked(known.get(), it, tuning));
        tuning.settings().forEach((key, value) -> checkSetting(known.get().interceptor(), key, value));
    }

    private void checkLocked(InForce inForce, Origin by, Tuning tuning) {
        String name = inForce.name();
        tuning.mode()
                .filter(it -> inForce.mode().isStricterThan(it))
                .ifPresent(it -> add(
                        name,
                        "",
                        "\"%s\" is locked by the %s: here it can be made stricter than %s, not weaker."
                                .formatted(name, by.word(), inForce.mode().word())));
        tuning.settings()
                .keySet()
                .forEach(it -> add(
                        name,
                        it,
                        "\"%s\" is locked by the %s: its settings can't be changed here.".formatted(name, by.word())));
    }

    private void checkSetting(StreamInterceptor interceptor, String key, String value) {
        Optional<Setting> setting = interceptor.settings().stream()
                .filter(it -> it.key().equals(key))
                .findFirst();
        if (setting.isEmpty()) {
            add(interceptor.name(), key, "\"%s\" has no setting \"%s\".".formatted(interceptor.name(), key));
        } else {
            setting.get()
                    .problem(value)
                    .or(() -> ownProblem(interceptor, key, value))
                    .ifPresent(it -> add(interceptor.name(), key, it));
        }
    }

    private static Optional<String> ownProblem(StreamInterceptor interceptor, String key, String value) {
        try {
            return interceptor.problem(key, value);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("Interceptor {} could not say whether a value of {} is fine", interceptor.name(), key, e);
            return Optional.of(
                    "The interceptor could not check this value, so it is not taken. The log has the reason.");
        }
    }

    /** Names that are kept already stay: the jar may come back. */
    private boolean isStrange(String name) {
        return natural.stream().noneMatch(it -> it.name().equals(name)) && !before.mentions(name);
    }

    private String unknown(String name) {
        return "There is no interceptor \"%s\". There are: %s."
                .formatted(
                        name,
                        String.join(
                                ", ",
                                natural.stream().map(StreamInterceptor::name).toList()));
    }

    private void add(String interceptor, String key, String detail) {
        faults.add(new Fault(interceptor, key, detail));
    }
}
