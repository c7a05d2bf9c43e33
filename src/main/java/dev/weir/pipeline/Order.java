package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In which order interceptors may and do stand. */
final class Order {

    private static final Comparator<StreamInterceptor> BY_PLACE = Comparator.comparing(StreamInterceptor::place);

    private Order() {}

    /** Those of the model first, those of the log last, and otherwise as they come. */
    static List<StreamInterceptor> permitted(List<StreamInterceptor> interceptors) {
        return interceptors.stream().sorted(BY_PLACE).toList();
    }

    /**
     * The order that a policy wants, as far as it may be: names without an interceptor are passed over, one that it does
     * not name comes after the one that it follows by its priority, and each stays at its place.
     *
     * @param natural in the order of their priorities
     */
    static List<StreamInterceptor> wanted(List<StreamInterceptor> natural, List<String> names) {
        Map<String, StreamInterceptor> byName = new HashMap<>();
        natural.forEach(it -> byName.put(it.name(), it));
        List<StreamInterceptor> order = new ArrayList<>();
        for (String name : names) {
            StreamInterceptor named = byName.remove(name);
            if (named != null) {
                order.add(named);
            }
        }
        for (int i = 0; i < natural.size(); i++) {
            if (byName.containsKey(natural.get(i).name())) {
                order.add(i == 0 ? 0 : order.indexOf(natural.get(i - 1)) + 1, natural.get(i));
            }
        }
        return permitted(order);
    }

    /** Why an order is not permitted, in words for an administrator; empty when it is. */
    static Optional<String> problem(List<StreamInterceptor> natural, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                return Optional.of("\"" + name + "\" is in the order twice.");
            }
        }
        Map<String, StreamInterceptor> byName = new HashMap<>();
        natural.forEach(it -> byName.put(it.name(), it));
        List<StreamInterceptor> order =
                names.stream().filter(byName::containsKey).map(byName::get).toList();
        for (int i = 1; i < order.size(); i++) {
            if (BY_PLACE.compare(order.get(i - 1), order.get(i)) > 0) {
                return Optional.of(why(order.get(i - 1), order.get(i)));
            }
        }
        return Optional.empty();
    }

    private static String why(StreamInterceptor before, StreamInterceptor after) {
        return after.place() == Place.MODEL
                ? ("\"%s\" must come before \"%s\": it stands next to the model, because it must see what the provider"
                                + " sent and bills.")
                        .formatted(after.name(), before.name())
                : ("\"%s\" must come after \"%s\": it stands next to the log, because it must see what is let through,"
                                + " and nothing else.")
                        .formatted(before.name(), after.name());
    }
}
