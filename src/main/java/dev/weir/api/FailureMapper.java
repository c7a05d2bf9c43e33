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
            return refused(known.getResponse());
        }
        String reference = Ids.next();
        LOG.error("Request failed, reference {}", reference, failure);
        return Problem.response(
                500, "failed", "Something went wrong here. Your administrator finds it under " + reference + ".");
    }

    private static Response refused(Response known) {
        int status = known.getStatus();
        Response.ResponseBuilder problem = Response.fromResponse(
                switch (status) {
                    case 404 -> Problem.response(404, "not-found", "There is nothing at this address.");
                    case 405 -> Problem.response(405, "method-not-allowed", "This address does not take that method.");
                    case 406 ->
                        Problem.response(406, "not-acceptable", "There are no answers in the form that Accept names.");
                    case 415 ->
                        Problem.response(
                                415, "unsupported-media-type", "Send JSON, with Content-Type: application/json.");
                    default ->
                        Problem.response(
                                status, "http-" + status, known.getStatusInfo().getReasonPhrase() + ".");
                });
        String allowed = known.getHeaderString("Allow");
        return (allowed == null ? problem : problem.header("Allow", allowed)).build();
    }
}
