package dev.weir.api;

import dev.weir.room.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What the core refuses, as a problem. */
@Provider
public class RefusalMapper implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
        return Problem.response(refusal.code().status(), refusal.code().word(), refusal.detail());
    }
}
