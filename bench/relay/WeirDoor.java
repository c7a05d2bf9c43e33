package relay;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be done at Weir before something can be measured: sign in, make rooms. */
final class WeirDoor {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private String cookie = "";

    WeirDoor(String base) {
        this.base = base;
    }

    /** Signs in as the administrator; returns what to send as {@code Cookie}. */
    String signIn(String password) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "login=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8))));
        cookie = response.headers().allValues("Set-Cookie").stream()
                .filter(it -> it.startsWith("weir-session="))
                .map(it -> it.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow(() -> new IOException("Signing in failed: " + response.statusCode() + " "
                        + response.headers().firstValue("Location").orElse("")));
        return cookie;
    }

    String newRoom() throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/api/rooms")
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString("{}")));
        Matcher id = ID.matcher(response.body());
        if (response.statusCode() != 201 || !id.find()) {
            throw new IOException("No room was made: " + response.statusCode() + " " + response.body());
        }
        return id.group(1);
    }

    /** True when the OpenAI-compatible door is there and takes this key. */
    boolean hasOpenAiDoor(String key) throws IOException, InterruptedException {
        HttpResponse<String> response = send(
                request("/v1/models").header("Authorization", "Bearer " + key).GET());
        return response.statusCode() == 200;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
