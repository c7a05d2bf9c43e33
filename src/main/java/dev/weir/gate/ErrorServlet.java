package dev.weir.gate;

import dev.weir.event.Ids;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * What the server shows when something failed that nobody answered for: problem+json for programs, a plain page for
 * people. A failure of ours is logged under a reference; the sender sees the reference and nothing of the failure.
 */
@WebServlet("/failed")
public class ErrorServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Logger LOG = System.getLogger(ErrorServlet.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            show(request, response, ErrorText.of(404, ""));
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 500;
        show(request, response, ErrorText.of(status, status < 500 ? "" : logged(request)));
    }

    private static String logged(HttpServletRequest request) {
        String reference = Ids.next();
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Throwable cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable t ? t : null;
        LOG.log(Level.ERROR, "Request " + request.getMethod() + " " + path + " failed; reference " + reference, cause);
        return reference;
    }

    private static void show(HttpServletRequest request, HttpServletResponse response, ErrorText text)
            throws IOException {
        if (wantsPage(request)) {
            response.setStatus(text.status());
            Protection.neverKeep(response);
            response.setContentType("text/html;charset=utf-8");
            response.getOutputStream().write(text.page(request.getContextPath()).getBytes(StandardCharsets.UTF_8));
        } else {
            text.problem().send(response);
        }
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}
