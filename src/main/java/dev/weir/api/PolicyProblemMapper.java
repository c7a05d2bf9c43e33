package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.pipeline.PolicyProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * What is wrong with a policy, as a problem with an entry in {@code errors} for each part that is: {@code pointer} is a JSON
 * Pointer (RFC 6901) into what was sent, as in the example of RFC 9457, section 3.
 */
@Provider
public class PolicyProblemMapper implements ExceptionMapper<PolicyProblem> {

    @Override
    public Response toResponse(PolicyProblem problem) {
        var json = Problem.json(400, "invalid-policy", String.valueOf(problem.getMessage()));
        ArrayNode errors = json.putArray("errors");
        problem.faults()
                .forEach(it -> errors.addObject().put("pointer", pointer(it)).put("detail", it.detail()));
        return Problem.response(400, json);
    }

    static String pointer(PolicyProblem.Fault fault) {
        if (fault.interceptor().isEmpty()) {
            return "#/order";
        }
        String interceptor = "#/interceptors/" + escaped(fault.interceptor());
        return fault.key().isEmpty() ? interceptor : interceptor + "/settings/" + escaped(fault.key());
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
