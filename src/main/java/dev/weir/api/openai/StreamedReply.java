package dev.weir.api.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Event;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events. The status is settled only with the first text, so that an answer that never begins
 * still fails with a status that says so; a client that waits for long gets comments, by which its leaving shows.
 */
final class StreamedReply implements ChatReply {

    /** After so many seconds without a first text the status is settled all the same. */
    private static final int PATIENCE = 2;

    /** What stands for the text in the chunk that is cut in two to be put around every text. */
    private static final String PLACE = "\u0001";

    private final HttpServletResponse response;
    private final ChatJson json;
    private final byte[] before;
    private final byte[] after;
    private int waited;
    private @Nullable OutputStream out;

    StreamedReply(HttpServletResponse response, ChatJson json) {
        this.response = response;
        this.json = json;
        String chunk = event(json.chunk(delta().put("content", PLACE), null));
        String escaped = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(PLACE));
        int place = chunk.indexOf(escaped);
        before = bytes(chunk.substring(0, place));
        after = bytes(chunk.substring(place + escaped.length()));
    }

    @Override
    public void text(String text) throws IOException {
        OutputStream to = open();
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(before.length + quoted.length + after.length);
        chunk.writeBytes(before);
        chunk.writeBytes(quoted);
        chunk.writeBytes(after);
        chunk.writeTo(to);
        to.flush();
    }

    @Override
    public void waiting() throws IOException {
        if (out != null || ++waited >= PATIENCE) {
            send(": waiting\n\n");
        }
    }

    @Override
    public void end(String text, Event.Answer answer) throws IOException {
        StringBuilder last = new StringBuilder();
        if (!answer.toolCalls().isEmpty()) {
            ObjectNode delta = delta();
            delta.set("tool_calls", ChatJson.toolCalls(answer.toolCalls(), true));
            last.append(event(json.chunk(delta, null)));
        }
        last.append(event(json.chunk(delta(), ChatJson.finish(answer))));
        if (json.tellsUsage()) {
            last.append(event(json.usageChunk(answer.usage())));
        }
        send(last.append("data: [DONE]\n\n").toString());
    }

    @Override
    public void fail(OpenAiProblem problem) throws IOException {
        if (out == null) {
            throw problem;
        }
        send(event(problem.json()));
    }

    private void send(String text) throws IOException {
        OutputStream to = open();
        to.write(bytes(text));
        to.flush();
    }

    private OutputStream open() throws IOException {
        OutputStream open = out;
        if (open == null) {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("X-Accel-Buffering", "no");
            open = response.getOutputStream();
            open.write(bytes(event(json.chunk(delta().put("role", "assistant").put("content", ""), null))));
            out = open;
        }
        return open;
    }

    private static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String event(ObjectNode data) {
        return "data: " + data + "\n\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
