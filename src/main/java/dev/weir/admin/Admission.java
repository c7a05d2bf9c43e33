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

/**
 * The console's own door, behind the gate's: whatever the address by which a page was reached, only administrators and
 * auditors get it, and only administrators may send anything to it.
 */
public class Admission implements PhaseListener {

    @Serial
    private static final long serialVersionUID = 1;

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
        return request.getUserPrincipal() instanceof Caller caller && admits(caller.user(), reads);
    }

    private static boolean reads(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    static boolean admits(User user, boolean reads) {
        return user.is(Role.ADMIN) || (reads && user.is(Role.AUDITOR));
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
