package relay;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the upstream sends for one model: {@code paced-200} is 200 deltas, one each {@link #PACE_MILLIS}; {@code
 * unpaced-200} all at once. Every event is a chunk of HTTP/1.1, as a provider that flushes each.
 */
final class Script {

    static final int PACE_MILLIS = 20;

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"((un)?paced-(\\d{1,5}))\"");
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n";

    final String model;
    final boolean paced;
    final int deltas;
    private final byte[][] chunks;
    private final byte[] end;
    private final byte[] usage;

    private Script(String model, boolean paced, int deltas) {
        this.model = model;
        this.paced = paced;
        this.deltas = deltas;
        chunks = new byte[deltas][];
        for (int i = 1; i < deltas; i++) {
            chunks[i] = chunk(choice(content(Prose.piece(i)), "null"));
        }
        end = chunk(choice("", "\"stop\""));
        usage = chunk(
                "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,\"model\":\""
                        + model
                        + "\",\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":" + deltas
                        + ",\"total_tokens\":"
                        + (deltas + 12) + "}}");
    }

    /** The model that a request names. */
    static String model(String body) {
        Matcher found = MODEL.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    static Script of(String model) {
        return new Script(model, model.startsWith("paced"), Integer.parseInt(model.substring(model.indexOf('-') + 1)));
    }

    /** The head of the response, the chunk that names the role, and the first delta. */
    byte[] beginning(int stream) {
        byte[] role = chunk(choice("\"role\":\"assistant\",\"content\":\"\"", "null"));
        return joined(
                HEAD.getBytes(StandardCharsets.US_ASCII), role, chunk(choice(content(Prose.mark(stream)), "null")));
    }

    /** A delta after the first. */
    byte[] delta(int index) {
        return chunks[index];
    }

    byte[] ending(boolean withUsage) {
        byte[] done = chunk("[DONE]");
        byte[] last = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return withUsage ? joined(end, usage, done, last) : joined(end, done, last);
    }

    private String choice(String delta, String finish) {
        return "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,\"model\":\""
                + model
                + "\",\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{" + delta
                + "},\"logprobs\":null,\"finish_reason\":" + finish + "}]}";
    }

    private static String content(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "\"content\":\"" + escaped + "\"";
    }

    private static byte[] chunk(String data) {
        byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        byte[] size = (Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return joined(size, event, new byte[] {'\r', '\n'});
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
