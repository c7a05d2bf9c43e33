package dev.weir.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Caller;
import dev.weir.identity.User;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.room.Asking;
import dev.weir.room.Connections;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The addresses under {@code /v1}. A completion leaves the server's thread at once and runs on a virtual one. */
@WebServlet(urlPatterns = "/v1/*", asyncSupported = true)
public class OpenAiServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String COMPLETIONS = "/chat/completions";
    private static final String MODELS = "/models";

    private final transient ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("weir-completion-", 0).factory());

    private final transient KernelConnections kernel = new KernelConnections();

    private final transient Beats beats = new Beats();

    private final long since = Instant.now().getEpochSecond();

    @Inject
    transient ModelCatalogue catalogue;

    @Inject
    transient Rooms rooms;

    @Inject
    transient Asking asking;

    @Inject
    transient Connections connections;

    @Inject
    @ConfigProperty(name = "weir.openai.max-body-bytes", defaultValue = "16777216")
    int mostBytes;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            route(request, response);
        } catch (OpenAiProblem problem) {
            write(response, problem.status(), problem.json());
        }
    }

    private void route(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (path.equals(COMPLETIONS)) {
            allow(request, response, "POST");
            complete(request, response);
        } else if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
            allow(request, response, "GET");
            write(response, 200, models(user(request), path.substring(MODELS.length())));
        } else {
            throw OpenAiProblem.notFound();
        }
    }

    private static void allow(HttpServletRequest request, HttpServletResponse response, String method) {
        if (!request.getMethod().equals(method)) {
            response.setHeader("Allow", method);
            throw OpenAiProblem.method(method);
        }
    }

    private static User user(HttpServletRequest request) {
        if (request.getUserPrincipal() instanceof Caller caller) {
            return caller.user();
        }
        throw new IllegalStateException("The gate lets nobody in here who has not said who they are.");
    }

    private void complete(HttpServletRequest request, HttpServletResponse response) {
        User user = user(request);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        ChatExchange exchange =
                new ChatExchange(user, request, response, rooms, asking, connections, kernel, beats, mostBytes);
        threads.execute(() -> {
            try {
                exchange.run();
            } finally {
                async.complete();
            }
        });
    }

    private ObjectNode models(User user, String rest) {
        String wanted = rest.length() > 1 ? rest.substring(1) : "";
        if (!wanted.isEmpty()) {
            return catalogue
                    .model(wanted)
                    .filter(it -> user.mayAsk(wanted))
                    .map(it -> model(it.spec()))
                    .orElseThrow(() -> OpenAiProblem.noSuchModel(wanted));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("object", "list");
        ArrayNode data = json.putArray("data");
        catalogue.specs().stream().filter(it -> user.mayAsk(it.name())).forEach(it -> data.add(model(it)));
        return json;
    }

    private ObjectNode model(ModelSpec spec) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", spec.name())
                .put("object", "model")
                .put("created", since)
                .put("owned_by", spec.provider());
    }

    static void write(HttpServletResponse response, int status, ObjectNode json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    @Override
    public void destroy() {
        beats.close();
        threads.shutdownNow();
    }
}
