package dev.weir.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the installation, an organisation or a room says about interceptors; what it does not say is inherited.
 *
 * @param order names from the model to the log; empty: inherited. Names that no interceptor has are passed over, and
 *     interceptors that it does not name stand where their priority puts them
 * @param orderLocked true when policies of narrower scopes can't say another order
 * @param tunings by the names of interceptors
 */
public record Policy(Optional<List<String>> order, boolean orderLocked, Map<String, Tuning> tunings) {

    /** Everything inherited. */
    public static final Policy NONE = new Policy(Optional.empty(), false, Map.of());

    public Policy {
        order = order.map(List::copyOf);
        SortedMap<String, Tuning> said = new TreeMap<>(tunings);
        said.values().removeIf(Tuning::isEmpty);
        tunings = Collections.unmodifiableSortedMap(said);
    }

    /** What it says about an interceptor. */
    public Tuning of(String interceptor) {
        return tunings.getOrDefault(interceptor, Tuning.NONE);
    }

    public boolean isEmpty() {
        return order.isEmpty() && !orderLocked && tunings.isEmpty();
    }

    /** Whether it has anything to do with an interceptor of this name. */
    boolean mentions(String interceptor) {
        return tunings.containsKey(interceptor)
                || order.filter(it -> it.contains(interceptor)).isPresent();
    }
}
