package dev.weir.admin;

import dev.weir.identity.Caller;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The console's own door, behind the gate's: whatever the address by which a page was reached, only administrators and
 * auditors get it, and only administrators may send anything to it. Managers have the pages about budgets.
 */
public class Admission implements PhaseListener {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Set<String> FOR_MANAGERS =
            Set.of("/admin/consumption", "/admin/budgets", "/admin/budget", "/admin/simulation");

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        FacesContext context = event.getFacesContext();
        if (!admits(context.getExternalContext())) {
            refuse(context);
        }
    }

    private static boolean admits(ExternalContext request) {
        boolean reads = request.getRequest() instanceof HttpServletRequest http && reads(http.getMethod());
        return request.getUserPrincipal() instanceof Caller caller
                && admits(caller.user(), page(request.getRequestServletPath()), reads);
    }

    private static String page(@Nullable String path) {
        return path == null ? "" : path.replaceFirst("\\.xhtml$", "");
    }

    private static boolean reads(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** @param page its address within the application */
    static boolean admits(User user, String page, boolean reads) {
        return user.is(Role.ADMIN)
                || (reads && user.is(Role.AUDITOR))
                || (user.is(Role.MANAGER) && FOR_MANAGERS.contains(page));
    }

    private static void refuse(FacesContext context) {
        try {
            context.getExternalContext()
                    .responseSendError(403, "Only administrators and auditors come here, and auditors only look.");
            context.responseComplete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
