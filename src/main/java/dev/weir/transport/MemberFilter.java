package dev.weir.transport;

import dev.weir.identity.User;
import dev.weir.room.Refusal;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lets only members of a room come to its stream, and only to follow or to command, before a WebSocket is made of it. */
public class MemberFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final List<String> METHODS = List.of("GET", "POST");

    @Inject
    transient Rooms rooms;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (!METHODS.contains(request.getMethod())) {
                response.setHeader("Allow", String.join(", ", METHODS));
                throw new StreamProblem(405, "method-not-allowed", "Use GET to follow a room and POST for a command.");
            }
            User user = StreamProblem.caller(request.getUserPrincipal()).user();
            rooms.room(user, RoomPath.room(request.getRequestURI()));
        } catch (StreamProblem problem) {
            refuse(response, problem);
            return;
        } catch (Refusal refusal) {
            refuse(response, StreamProblem.of(refusal));
            return;
        }
        chain.doFilter(request, response);
    }

    private static void refuse(HttpServletResponse response, StreamProblem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType("application/problem+json;charset=UTF-8");
        response.getOutputStream().write(problem.json().getBytes(StandardCharsets.UTF_8));
    }
}
