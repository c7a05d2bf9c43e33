package dev.weir.admin;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serial;
import org.primefaces.context.PrimeFacesContext;

/**
 * Lets the scripts run that PrimeFaces writes into a page: adds their number to the Content-Security-Policy that the gate
 * has set, which allows no scripts in pages otherwise. PrimeFaces sends a policy of its own beside it that says no more;
 * browsers obey both.
 */
public class ScriptPolicy implements PhaseListener {

    @Serial
    private static final long serialVersionUID = 1;

    private static final String HEADER = "Content-Security-Policy";

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RENDER_RESPONSE;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        FacesContext context = event.getFacesContext();
        if (context.getExternalContext().getResponse() instanceof HttpServletResponse response) {
            String policy = response.getHeader(HEADER);
            String nonce = PrimeFacesContext.getCspState(context).getNonce();
            response.setHeader(
                    HEADER,
                    (policy == null ? "default-src 'self'" : policy) + "; script-src 'self' 'nonce-" + nonce + "'");
        }
    }
}
