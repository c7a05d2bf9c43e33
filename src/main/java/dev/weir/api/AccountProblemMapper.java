package dev.weir.api;

import dev.weir.identity.AccountProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What is refused about accounts and keys, as a problem. */
@Provider
public class AccountProblemMapper implements ExceptionMapper<AccountProblem> {

    @Override
    public Response toResponse(AccountProblem problem) {
        return Problem.response(problem.kind().status(), problem.kind().word(), problem.detail());
    }
}
