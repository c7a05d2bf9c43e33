package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody's HTTP client, with or without a sign-in. Thread-safe. */
public final class WeirClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private final WeirServer server;
    private final String cookie;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private WeirClient(WeirServer server, String cookie, String key) {
        this.server = server;
        this.cookie = cookie;
        this.key = key;
    }

    public static WeirClient anonymous(WeirServer server) {
        return new WeirClient(server, "", "");
    }

    /** A client with a cookie that it has from elsewhere. */
    public static WeirClient withCookie(WeirServer server, String cookie) {
        return new WeirClient(server, cookie, "");
    }

    /** A client with an API key. */
    public static WeirClient withKey(WeirServer server, String key) {
        return new WeirClient(server, "", key);
    }

    public static WeirClient signIn(WeirServer server, String login, String password) {
        HttpResponse<String> response = anonymous(server).trySignIn(login, password);
        String cookie = response.headers()
                .firstValue("Set-Cookie")
                .map(it -> it.replaceFirst(";.*", ""))
                .orElseThrow(() ->
                        new IllegalStateException("No sign-in: " + response.statusCode() + " " + response.headers()));
        return new WeirClient(server, cookie, "");
    }

    public HttpResponse<String> trySignIn(String login, String password) {
        String form = "login=" + encode(login) + "&password=" + encode(password);
        return send(request("/sign-in")
                .header("Origin", origin())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    public WeirServer server() {
        return server;
    }

    /** {@code weir-session=…}, or empty. */
    public String cookie() {
        return cookie;
    }

    /** The token in the cookie: must never show anywhere. */
    public String token() {
        return cookie.replaceFirst("^[^=]*=", "");
    }

    /** The product's own origin. */
    public String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    HttpClient http() {
        return http;
    }

    /** A request with the cookie or the key, and nothing else. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(60));
        if (!key.isEmpty()) {
            builder.header("Authorization", "Bearer " + key);
        }
        return cookie.isEmpty() ? builder : builder.header("Cookie", cookie);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** As our own page calls it: JSON, with our origin. */
    public HttpResponse<String> call(String method, String path, @Nullable String json) {
        return send(request(method, path, json));
    }

    /** As {@link #call}, if what is changed still has this tag. */
    public HttpResponse<String> callIfMatch(String method, String path, String tag, @Nullable String json) {
        return send(request(method, path, json).header("If-Match", tag));
    }

    /** The request of {@link #call}, to be sent otherwise. */
    HttpRequest.Builder request(String method, String path, @Nullable String json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return request(path)
                .header("Origin", origin())
                .header("Content-Type", "application/json")
                .method(method, body);
    }

    /** Makes a room and gives its id. */
    public String room(String model) {
        ObjectNode body = JSON.createObjectNode().put("name", "").put("model", model);
        HttpResponse<String> response = call("POST", "/api/rooms", body.toString());
        if (response.statusCode() != 201) {
            throw new IllegalStateException("No room: " + response.statusCode() + " " + response.body());
        }
        return parse(response.body()).path("id").asText();
    }

    public void addMember(String room, String login) {
        ObjectNode body = JSON.createObjectNode().put("login", login);
        HttpResponse<String> response = call("POST", "/api/rooms/" + room + "/members", body.toString());
        if (response.statusCode() != 201) {
            throw new IllegalStateException("Not added: " + response.statusCode() + " " + response.body());
        }
    }

    /** Makes a budget, as an administrator, and gives it as it was made. */
    JsonNode budget(ObjectNode draft) {
        HttpResponse<String> response = call("POST", "/api/budgets", draft.toString());
        if (response.statusCode() != 201) {
            throw new IllegalStateException("No budget: " + response.statusCode() + " " + response.body());
        }
        return parse(response.body());
    }

    /** A budget as it stands now. */
    JsonNode now(JsonNode budget) {
        return parse(get("/api/budgets/" + budget.path("id").asText()).body());
    }

    /** Sends a command by POST and gives the answer: an ack or an error. */
    public JsonNode command(String room, JsonNode command) {
        return parse(call("POST", "/stream/rooms/" + room, command.toString()).body());
    }

    public JsonNode prompt(String room, String text) {
        return command(room, commandOf("prompt").put("text", text));
    }

    public JsonNode stop(String room, String turn) {
        return command(room, commandOf("stop").put("turn", turn));
    }

    /** A command with an id of its own. */
    static ObjectNode commandOf(String command) {
        return JSON.createObjectNode().put("id", Ids.next()).put("command", command);
    }

    /** The turn that a command has begun, for it was acknowledged. */
    static String turn(JsonNode ack) {
        assertThat(ack.path("type").asText()).as(ack.toString()).isEqualTo("ack");
        return ack.path("turn").asText();
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + json, e);
        }
    }

    static Optional<JsonNode> field(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
