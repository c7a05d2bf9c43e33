package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A room's events as server-sent events of the REST door. Closing it breaks the connection off. */
final class RestStream implements AutoCloseable {

    /** A frame, with the id that came with it. */
    record Item(String id, JsonNode frame) {}

    private static final String END = "\0";

    private final HttpResponse<java.io.InputStream> response;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private RestStream(HttpResponse<java.io.InputStream> response) {
        this.response = response;
        Thread.startVirtualThread(this::read);
    }

    /** @param last the id of the last frame taken; empty for none */
    static RestStream open(WeirClient client, String path, String last) {
        HttpRequest.Builder request = client.request(path).header("Accept", "text/event-stream");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        try {
            HttpResponse<java.io.InputStream> response =
                    client.http().send(request.GET().build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("No stream: " + response.statusCode());
            }
            return new RestStream(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Cut off: the end all the same.
        }
        lines.add(END);
    }

    String type() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    /** The next frame; comments are passed over. */
    Item next() {
        String id = "";
        String data = "";
        while (true) {
            String line = take(Duration.ofSeconds(30));
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                return new Item(id, WeirClient.parse(data));
            } else if (line.equals(END)) {
                throw new AssertionError("The stream ended.");
            }
        }
    }

    /** The next comment. */
    String comment() {
        while (true) {
            String line = take(Duration.ofSeconds(30));
            if (line.startsWith(":")) {
                return line;
            }
        }
    }

    /** Waits until the server ends it. */
    void awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String line;
        do {
            line = take(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } while (!line.equals(END));
    }

    private String take(Duration patience) {
        try {
            return Optional.ofNullable(lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS))
                    .orElseThrow(() -> new AssertionError("Nothing came for " + patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
