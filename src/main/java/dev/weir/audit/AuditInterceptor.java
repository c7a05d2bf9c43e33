package dev.weir.audit;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Records what is let through, before it is: text that was shown is on its way to the store. While the store does not take
 * records, {@code weir.audit.when-unavailable} says whether answers wait, fail or go on. In {@link Mode#REPORT} they
 * always go on.
 */
@ApplicationScoped
@Priority(9000)
public class AuditInterceptor implements StreamInterceptor {

    private final Trail trail;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected AuditInterceptor() {
        this(null);
    }

    @Inject
    public AuditInterceptor(Trail trail) {
        this.trail = trail;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Place place() {
        return Place.LOG;
    }

    @Override
    public boolean isLockedAtFirst() {
        return true;
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        boolean enforced = branch.mode() == Mode.ENFORCE;
        WhenUnavailable what = enforced ? trail.whenUnavailable() : WhenUnavailable.GO_ON;
        if (what == WhenUnavailable.FAIL) {
            trail.admit(what, () -> true);
        }
        return new Recording(trail, branch, next, what);
    }
}
