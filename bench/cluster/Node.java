package cluster;

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

/** One node of the product; a sign-in at one is good at all. */
record Node(int port, long pid) {

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    URI stream(String room, String cursor) {
        return URI.create("ws://127.0.0.1:" + port + "/stream/rooms/" + room
                + "?X-Atmosphere-Transport=websocket&X-Atmosphere-tracking-id=0"
                + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
    }

    /** Signs in as the administrator; returns what to send as {@code Cookie}. */
    String signIn(String password) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "login=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
        return response.headers().allValues("Set-Cookie").stream()
                .filter(it -> it.startsWith("weir-session="))
                .map(it -> it.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow(() -> new IOException("Signing in failed: " + response.statusCode()));
    }

    String newRoom(String cookie) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                request("/api/rooms")
                        .header("Content-Type", "application/json")
                        .header("Cookie", cookie)
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        Matcher id = ID.matcher(response.body());
        if (response.statusCode() != 201 || !id.find()) {
            throw new IOException("No room was made: " + response.statusCode() + " " + response.body());
        }
        return id.group(1);
    }

    /** How many nodes it sees, itself included; 0 when it does not say. */
    int sees() throws IOException, InterruptedException {
        HttpResponse<String> metrics =
                HTTP.send(request("/metrics?scope=application").build(), BodyHandlers.ofString());
        return metrics.body()
                .lines()
                .filter(it -> it.startsWith("weir_cluster_nodes"))
                .mapToInt(it -> (int) Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
