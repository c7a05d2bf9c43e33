package dev.weir.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The turns that somebody stopped of late: an answer whose node dies, or hands it over, runs nowhere for a moment, and who
 * goes on with it is to obey a stop of that moment. The oldest give way to new ones. Thread-safe.
 */
final class RecentStops {

    private static final int MOST = 1_000;

    private final Map<String, EndOrder> stops = new LinkedHashMap<>();

    /** Other orders than for whole turns are passed over: they also concern turns that begin after them. */
    synchronized void keep(EndOrder order) {
        if (!order.turn().isEmpty() && order.messages().isEmpty()) {
            stops.put(order.turn(), order);
            if (stops.size() > MOST) {
                stops.remove(stops.keySet().iterator().next());
            }
        }
    }

    synchronized Optional<EndOrder> of(String room, String turn) {
        return Optional.ofNullable(stops.get(turn)).filter(it -> it.room().equals(room));
    }
}
