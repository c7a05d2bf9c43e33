package relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A room of Weir, followed and asked over a WebSocket (RFC 6455; {@code docs/protocol.md}). */
final class SocketLink extends Link {

    private static final byte[] TYPE = bytes("\"type\":\"");
    private static final byte[] TEXT = bytes("\"text\":\"");
    private static final byte[] COMPLETE = bytes("\"outcome\":\"complete\"");
    private static final byte[] HEAD_END = bytes("\r\n\r\n");

    private final byte[] upgrade;
    private final String model;
    private boolean open;
    private boolean following;
    private int asked;

    SocketLink(InetSocketAddress address, String room, String cookie, String model) throws IOException {
        super(address);
        this.model = model;
        upgrade = bytes("GET /stream/rooms/" + room
                + "?X-Atmosphere-Transport=websocket&X-Atmosphere-tracking-id=0 HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + address.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: d2VpcndlaXJ3ZWlyd2Vpcg==\r\nSec-WebSocket-Version: 13\r\nCookie: " + cookie
                + "\r\n\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Asks to follow; {@link #following()} says when the first frame has come. */
    void follow() throws IOException {
        send(upgrade);
    }

    boolean following() {
        return following;
    }

    @Override
    byte[] question() {
        return frame(
                1,
                bytes("{\"id\":\"q" + ++asked + "\",\"command\":\"prompt\",\"text\":\"" + Load.QUESTION
                        + "\",\"model\":\"" + model + "\"}"));
    }

    /** A frame with a mask of zeros, which changes nothing. */
    private static byte[] frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    @Override
    int take(byte[] bytes, int length, long now) throws IOException {
        int at = 0;
        if (!open) {
            int end = find(HEAD_END, bytes, 0, length);
            if (end < 0) {
                return 0;
            }
            if (!new String(bytes, 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101")) {
                throw new IOException(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
            open = true;
            at = end + 4;
        }
        while (length - at >= 2) {
            int head = (bytes[at + 1] & 0x7f) == 127 ? 10 : (bytes[at + 1] & 0x7f) == 126 ? 4 : 2;
            if (length - at < head) {
                break;
            }
            int size = size(bytes, at, head);
            if (length - at - head < size) {
                break;
            }
            message(bytes[at], bytes, at + head, at + head + size, now);
            at += head + size;
        }
        return at;
    }

    private static int size(byte[] bytes, int at, int head) {
        if (head == 2) {
            return bytes[at + 1] & 0x7f;
        }
        int size = 0;
        for (int i = 2; i < head; i++) {
            size = size << 8 | bytes[at + i] & 0xff;
        }
        return size;
    }

    private void message(byte begin, byte[] bytes, int from, int to, long now) throws IOException {
        switch (begin) {
            case (byte) 0x81 -> text(bytes, from, to, now);
            case (byte) 0x89 -> send(frame(10, Arrays.copyOfRange(bytes, from, to)));
            case (byte) 0x8a -> {}
            case (byte) 0x88 -> throw new IOException("the WebSocket was closed");
            default -> throw new IOException("a frame of a kind that is not expected: " + begin);
        }
    }

    private void text(byte[] bytes, int from, int to, long now) {
        following = true;
        Answer answer = answer();
        if (answer == null) {
            return;
        }
        int at = find(TYPE, bytes, from, to);
        while (at >= 0 && !answer.ended()) {
            int word = at + TYPE.length;
            if (bytes[word] == 'd') {
                int text = find(TEXT, bytes, word, to);
                word = answer.take(bytes, text + TEXT.length, now);
            } else if (bytes[word] == 'e') {
                answer.fail(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            } else if (bytes[word] == 't' && bytes[word + 5] == 'e') {
                if (find(COMPLETE, bytes, word, to) >= 0) {
                    answer.end();
                } else {
                    answer.fail(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                }
            }
            at = find(TYPE, bytes, word, to);
        }
    }
}
