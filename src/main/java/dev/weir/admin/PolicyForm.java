package dev.weir.admin;

import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.Tuning;
import dev.weir.room.PolicyDesk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page of interceptors sends: {@code order} and {@code mode.NAME} and {@code set.NAME.KEY}, each only when
 * {@code own.…} says {@code true}, else it is inherited; {@code lock.NAME} and {@code lock-order} when they are ticked.
 */
record PolicyForm(Map<String, String> fields) {

    static String mode(String interceptor) {
        return "mode." + interceptor;
    }

    static String setting(String interceptor, String key) {
        return "set." + interceptor + "." + key;
    }

    /** The order as it was shown when this was sent; empty when nothing was sent. */
    List<String> shownOrder() {
        String order = fields.getOrDefault("order", "");
        return order.isEmpty() ? List.of() : List.of(order.split(",", -1));
    }

    /** The version of the policy from which this was made. */
    Optional<String> version() {
        return Optional.ofNullable(fields.get("version"));
    }

    /**
     * The policy that was meant.
     *
     * @param now how things stand; what the policy says of interceptors that are not there stays
     */
    Policy policy(PolicyDesk.Standing now) {
        return policy(now.inherited().all(), now.scope().kind(), now.own());
    }

    Policy policy(List<InForce> inherited, Scope.Kind scope, Policy before) {
        List<String> known = inherited.stream().map(InForce::name).toList();
        Map<String, Tuning> tunings = new HashMap<>(before.tunings());
        inherited.forEach(it -> tunings.put(it.name(), tuning(it, scope)));
        return new Policy(order(known, before), fields.containsKey("lock-order"), tunings);
    }

    private Optional<List<String>> order(List<String> known, Policy before) {
        if (own("order").isEmpty()) {
            return Optional.empty();
        }
        List<String> order = new ArrayList<>(shownOrder());
        before.order().orElse(List.of()).stream()
                .filter(it -> !known.contains(it) && !order.contains(it))
                .forEach(order::add);
        return Optional.of(order);
    }

    private Tuning tuning(InForce inherited, Scope.Kind scope) {
        StreamInterceptor interceptor = inherited.interceptor();
        Map<String, String> settings = new HashMap<>();
        for (Setting setting : interceptor.settings()) {
            own(setting(interceptor.name(), setting.key()))
                    .map(it -> clean(setting.kind(), it))
                    .ifPresent(it -> settings.put(setting.key(), it));
        }
        Optional<Mode> mode = own(mode(interceptor.name())).flatMap(PolicyForm::modeOf);
        return new Tuning(mode, settings, lock(inherited, scope));
    }

    /** What is as it comes is not said. */
    private Optional<Boolean> lock(InForce inherited, Scope.Kind scope) {
        boolean ticked = fields.containsKey("lock." + inherited.name());
        return ticked == inherited.isLockedIn(scope) ? Optional.empty() : Optional.of(ticked);
    }

    private static Optional<Mode> modeOf(String word) {
        for (Mode mode : Mode.values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    private static String clean(Setting.Kind kind, String value) {
        return kind == Setting.Kind.NUMBER ? value.strip() : value.replace("\r\n", "\n");
    }

    private Optional<String> own(String name) {
        @Nullable String value = fields.get(name);
        return "true".equals(fields.get("own." + name)) ? Optional.ofNullable(value) : Optional.empty();
    }
}
