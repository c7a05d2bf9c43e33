package dev.weir.gate;

import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Whom the installation trusts: its proxies, and the origins other than its own. Thread-safe. */
@ApplicationScoped
class Boundary {

    private final Set<String> proxies;
    private final OriginCheck origins;
    private final boolean openMetrics;
    private final Supplier<Set<String>> nodes;
    private final BooleanSupplier takesPart;

    /** For the container's proxy. */
    Boundary() {
        this(Set.of(), Set.of(), false, Set::of, () -> true);
    }

    @Inject
    Boundary(Config config, Nodes nodes) {
        this(
                listed(config, "weir.trusted-proxies"),
                listed(config, "weir.allowed-origins"),
                config.getOptionalValue("weir.metrics.open", Boolean.class).orElse(false),
                nodes::addresses,
                nodes::takesPart);
    }

    /**
     * @param nodes the addresses that the cluster's nodes have told
     * @param takesPart whether this node is one of them now
     */
    Boundary(
            Set<String> proxies,
            Set<String> origins,
            boolean openMetrics,
            Supplier<Set<String>> nodes,
            BooleanSupplier takesPart) {
        this.takesPart = takesPart;
        this.proxies = Set.copyOf(proxies);
        this.origins = new OriginCheck(origins);
        this.openMetrics = openMetrics;
        this.nodes = nodes;
    }

    private static Set<String> listed(Config config, String key) {
        return config.getOptionalValues(key, String.class).orElse(List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    Outside outside(HttpServletRequest request) {
        return Outside.of(request, proxies);
    }

    /** Whether this request may pass whoever sends it. */
    boolean isFree(HttpServletRequest request, Area area) {
        return !area.needsSignIn() || (area == Area.METRICS && (openMetrics || Nearness.isFromThisMachine(request)));
    }

    /** Whether this node can't answer, for it has no part in the cluster at this moment. */
    boolean isAway(Area area) {
        return area.needsCluster() && !takesPart.getAsBoolean();
    }

    /** Whether another site made a browser send this, which is refused. */
    boolean isForeign(HttpServletRequest request) {
        return OriginCheck.concerns(request, Area.of(request))
                && otherNode(request).isEmpty()
                && !origins.passes(request, outside(request).host());
    }

    /** The origin of the cluster's node whose page sent this; see {@link CrossNode}. */
    Optional<String> otherNode(HttpServletRequest request) {
        return CrossNode.origin(request, Area.of(request), nodes.get());
    }

    /** The origins of the cluster's nodes that have told theirs. */
    List<String> nodes() {
        return nodes.get().stream()
                .map(CrossNode::originOf)
                .filter(it -> !it.isEmpty())
                .sorted()
                .toList();
    }
}
