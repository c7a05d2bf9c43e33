package dev.weir.admin;

import dev.weir.event.Ids;
import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.PartialResponseWriter;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.primefaces.csp.CspException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a page shows when something failed. A page that has been open for too long is loaded anew and says so. Otherwise a
 * click that stays in the page is answered with a reference, under which the log has the failure; what loads a page goes
 * to the server's error page.
 */
final class FailureHandler extends ExceptionHandlerWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    private FailureHandler(ExceptionHandler wrapped) {
        super(wrapped);
    }

    /** Named in faces-config.xml. */
    public static final class Factory extends ExceptionHandlerFactory {

        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new FailureHandler(getWrapped().getExceptionHandler());
        }
    }

    @Override
    public void handle() {
        Optional<Throwable> failure = next();
        FacesContext context = FacesContext.getCurrentInstance();
        if (failure.isEmpty() || context.getExternalContext().isResponseCommitted()) {
            getWrapped().handle();
        } else if (isOfAnotherTime(context, failure.get())) {
            loadAnew(context);
        } else if (failure.get() instanceof CspException) {
            refuse(context);
        } else if (context.getPartialViewContext().isAjaxRequest()) {
            tell(context, failure.get());
        } else {
            getWrapped().handle();
        }
    }

    /** Whether the page that sent this is not there any more, or never was. */
    private static boolean isOfAnotherTime(FacesContext context, Throwable failure) {
        return failure instanceof ViewExpiredException
                || (context.isPostback() && PhaseId.RESTORE_VIEW.equals(context.getCurrentPhaseId()));
    }

    private Optional<Throwable> next() {
        Iterator<ExceptionQueuedEvent> failures =
                getUnhandledExceptionQueuedEvents().iterator();
        return failures.hasNext()
                ? Optional.of(cause(failures.next().getContext().getException()))
                : Optional.empty();
    }

    /** What is under the exceptions that Faces and EL put around it. */
    private Throwable cause(Throwable failure) {
        Throwable root = getRootCause(failure);
        return root == null ? failure : root;
    }

    private void loadAnew(FacesContext context) {
        forget();
        ExternalContext request = context.getExternalContext();
        String page = request.getRequestContextPath() + request.getRequestServletPath();
        try {
            request.redirect(page + "?expired=1");
            context.responseComplete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was sent does not come from a page of ours as it stands. */
    private void refuse(FacesContext context) {
        forget();
        try {
            context.getExternalContext().responseSendError(400, "This is not what the page sends.");
            context.responseComplete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(FacesContext context, Throwable failure) {
        forget();
        boolean refused = failure instanceof ConsoleCaller.NotAllowed;
        String reference = Ids.next();
        if (!refused) {
            LOG.error("A click in the console failed; reference {}", reference, failure);
        }
        ExternalContext request = context.getExternalContext();
        request.responseReset();
        request.setResponseContentType("text/xml");
        request.setResponseCharacterEncoding("UTF-8");
        request.addResponseHeader("Cache-Control", "no-store");
        request.setResponseStatus(refused ? 403 : 500);
        try {
            PartialResponseWriter writer = context.getPartialViewContext().getPartialResponseWriter();
            writer.startDocument();
            writer.startError(refused ? "not-allowed" : "failed");
            writer.write(
                    refused
                            ? String.valueOf(failure.getMessage())
                            : "Something failed on our side. Reference: " + reference + ".");
            writer.endError();
            writer.endDocument();
        } catch (IOException e) {
            throw new FacesException(e);
        }
        context.responseComplete();
    }

    private void forget() {
        Iterator<ExceptionQueuedEvent> failures =
                getUnhandledExceptionQueuedEvents().iterator();
        while (failures.hasNext()) {
            failures.next();
            failures.remove();
        }
    }
}
