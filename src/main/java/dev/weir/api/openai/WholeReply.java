package dev.weir.api.openai;

import dev.weir.event.Event;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer as one JSON object. Once its first text has come, and success with it, spaces are sent ahead of the object
 * while the client waits: they mean nothing in JSON, and by them its leaving shows. Before that nothing can be sent without
 * settling the status, and the connection itself is looked at.
 */
final class WholeReply implements ChatReply {

    private static final long BEAT = TimeUnit.SECONDS.toNanos(1);

    private final HttpServletResponse response;
    private final ChatJson json;
    private final Client client;
    private boolean begun;
    private @Nullable OutputStream out;
    private long lastSent = System.nanoTime() - BEAT;

    WholeReply(HttpServletResponse response, ChatJson json, Client client) {
        this.response = response;
        this.json = json;
        this.client = client;
    }

    @Override
    public void text(String more) throws IOException {
        begun = true;
        if (System.nanoTime() - lastSent > BEAT) {
            waiting();
        }
    }

    @Override
    public void waiting() throws IOException {
        if (begun) {
            send(" ");
        } else if (client.hasGone()) {
            throw new IOException("The client has closed the connection.");
        }
    }

    @Override
    public void end(String whole, Event.Answer answer) throws IOException {
        send(json.whole(whole, answer).toString());
    }

    @Override
    public void fail(OpenAiProblem problem) throws IOException {
        if (out == null) {
            throw problem;
        }
        send(problem.json().toString());
    }

    private void send(String part) throws IOException {
        OutputStream open = out;
        if (open == null) {
            response.setContentType("application/json");
            open = response.getOutputStream();
            out = open;
        }
        open.write(part.getBytes(StandardCharsets.UTF_8));
        open.flush();
        lastSent = System.nanoTime();
    }
}
