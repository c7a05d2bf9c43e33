package relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** OpenAI's chat completions as a stream, over HTTP/1.1 with keep-alive. Bodies come in chunks (RFC 9112, section 7.1). */
final class SseLink extends Link {

    private static final byte[] CONTENT = bytes("\"content\":\"");
    private static final byte[] DONE = bytes("[DONE]");
    private static final byte[] ERROR = bytes("\"error\"");
    private static final byte[] HEAD_END = bytes("\r\n\r\n");

    private final byte[] question;

    /** What came of the body and is no whole line yet. */
    private final Lines lines = new Lines();

    private boolean inBody;
    private boolean done;

    /** Bytes of the present chunk that have not come; -1 between two chunks. */
    private int left = -1;

    SseLink(InetSocketAddress address, String path, String authorization, String model) throws IOException {
        super(address);
        String body = "{\"model\":\"" + model + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + Load.QUESTION + "\"}]}";
        question = bytes("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\n" + authorization
                + "Content-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    byte[] question() {
        return question;
    }

    @Override
    int take(byte[] bytes, int length, long now) throws IOException {
        int at = 0;
        if (!inBody) {
            int end = find(HEAD_END, bytes, 0, length);
            if (end < 0) {
                return 0;
            }
            checkHead(
                    new String(bytes, 0, end, StandardCharsets.ISO_8859_1),
                    new String(bytes, end, length - end, StandardCharsets.UTF_8));
            inBody = true;
            at = end + 4;
        }
        while (at < length) {
            int next = left < 0 ? beginChunk(bytes, at, length) : goOn(bytes, at, length, now);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    private static void checkHead(String head, String begin) throws IOException {
        if (!head.startsWith("HTTP/1.1 200")
                || !head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
            throw new IOException(head.lines().findFirst().orElse("") + " " + begin.strip());
        }
    }

    /** The line with a chunk's length; the last chunk has none, and ends the answer. */
    private int beginChunk(byte[] bytes, int from, int length) throws IOException {
        int size = 0;
        for (int at = from; at < length; at++) {
            if (bytes[at] == '\n') {
                if (size == 0) {
                    return endBody(bytes, at + 1, length) ? at + 3 : from;
                }
                left = size + 2;
                return at + 1;
            }
            int digit = Character.digit(bytes[at], 16);
            size = digit < 0 ? size : size * 16 + digit;
        }
        return from;
    }

    private boolean endBody(byte[] bytes, int at, int length) throws IOException {
        if (length - at < 2) {
            return false;
        }
        if (!done) {
            throw new IOException("the answer ended without [DONE]");
        }
        inBody = false;
        done = false;
        answer().end();
        return true;
    }

    /** Content of a chunk, and the line break after it. */
    private int goOn(byte[] bytes, int from, int length, long now) {
        int count = Math.min(left, length - from);
        int content = Math.min(count, Math.max(0, left - 2));
        lines.add(bytes, from, content);
        lines.each((line, start, end) -> line(line, start, end, now));
        left -= count;
        if (left == 0) {
            left = -1;
        }
        return from + count;
    }

    private void line(byte[] line, int start, int end, long now) {
        int content = find(CONTENT, line, start, end);
        if (content >= 0) {
            answer().take(line, content + CONTENT.length, now);
        } else if (find(DONE, line, start, end) >= 0) {
            done = true;
        } else if (find(ERROR, line, start, end) >= 0) {
            answer().fail(new String(line, start, end - start, StandardCharsets.UTF_8));
        }
    }
}
