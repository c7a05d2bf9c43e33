package dev.weir.api;

import dev.weir.event.Ids;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything else that goes wrong: a problem with a reference to the server's log, and nothing of the inside. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException known) {
            int status = known.getResponse().getStatus();
            return Problem.response(
                    status,
                    "http-" + status,
                    known.getResponse().getStatusInfo().getReasonPhrase() + ".");
        }
        String reference = Ids.next();
        LOG.error("Request failed, reference {}", reference, failure);
        return Problem.response(
                500, "failed", "Something went wrong here. Your administrator finds it under " + reference + ".");
    }
}
