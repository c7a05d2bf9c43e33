package dev.weir.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.room.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;

/** What the core refuses, as a problem. */
@Provider
public class RefusalMapper implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
        int status = refusal.code().status();
        ObjectNode json = Problem.json(status, refusal.code().word(), refusal.detail());
        refusal.shortage().ifPresent(it -> json.set("budget", BudgetJson.object(it)));
        Response response = Problem.response(status, json);
        refusal.shortage()
                .ifPresent(it -> response.getHeaders()
                        .putSingle("Retry-After", it.retryAfter(Instant.now()).toSeconds()));
        refusal.rate().ifPresent(it -> RateHeaders.of(it).forEach(response.getHeaders()::putSingle));
        return response;
    }
}
