package dev.weir.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Whom the installation trusts: its proxies, and the origins other than its own. Thread-safe. */
@ApplicationScoped
class Boundary {

    private final Set<String> proxies;
    private final OriginCheck origins;
    private final boolean openMetrics;

    /** For the container's proxy. */
    Boundary() {
        this(Set.of(), Set.of(), false);
    }

    @Inject
    Boundary(Config config) {
        this(
                listed(config, "weir.trusted-proxies"),
                listed(config, "weir.allowed-origins"),
                config.getOptionalValue("weir.metrics.open", Boolean.class).orElse(false));
    }

    Boundary(Set<String> proxies, Set<String> origins, boolean openMetrics) {
        this.proxies = Set.copyOf(proxies);
        this.origins = new OriginCheck(origins);
        this.openMetrics = openMetrics;
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

    /** Whether another site made a browser send this, which is refused. */
    boolean isForeign(HttpServletRequest request) {
        return OriginCheck.concerns(request, Area.of(request))
                && !origins.passes(request, outside(request).host());
    }
}
