package relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of the upstream: takes a request, gives the answer, takes the next. */
final class Giving implements Comparable<Giving> {

    private static final int MOST_REQUEST = 4 * 1024 * 1024;

    /** When the next delta is due. */
    long nextAt;

    private final Upstream upstream;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
    private ByteBuffer in = ByteBuffer.allocate(16 * 1024);
    private Script script;
    private boolean usage;
    private int stream;
    private int delta;

    Giving(Upstream upstream, SocketChannel channel, SelectionKey key) {
        this.upstream = upstream;
        this.channel = channel;
        this.key = key;
    }

    void ready(SelectionKey ready) {
        try {
            if (ready.isReadable()) {
                read();
            }
            if (ready.isValid() && ready.isWritable()) {
                ready.interestOps(SelectionKey.OP_READ);
                flush();
                if (script != null && !script.paced) {
                    allAtOnce();
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            if (in.capacity() >= MOST_REQUEST) {
                throw new IOException("too long");
            }
            in = ByteBuffer.allocate(in.capacity() * 4).put(in.flip());
        }
        if (channel.read(in) < 0) {
            throw new IOException("closed");
        }
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head >= 0 && in.position() >= head + 4 + contentLength(text.substring(0, head))) {
            in.clear();
            answer(text);
        }
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length:");
        if (at < 0) {
            return 0;
        }
        int end = lower.indexOf('\r', at);
        return Integer.parseInt(
                lower.substring(at + 15, end < 0 ? lower.length() : end).strip());
    }

    private void answer(String request) throws IOException {
        if (request.startsWith("GET /clock ")) {
            plain(200, Long.toString(System.nanoTime()));
            return;
        }
        script = upstream.script(Script.model(request));
        if (script == null) {
            plain(400, "{\"error\":{\"message\":\"No such model here.\"}}");
            return;
        }
        usage = request.contains("include_usage");
        stream = upstream.nextStream();
        delta = 1;
        upstream.sent(stream, 0);
        out.put(script.beginning(stream));
        flush();
        if (!script.paced) {
            allAtOnce();
        } else if (script.deltas > 1) {
            inAWhile();
        } else {
            end();
        }
    }

    private void plain(int status, String body) throws IOException {
        out.put(("HTTP/1.1 " + status + " -\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    private void inAWhile() {
        nextAt = System.nanoTime() + Script.PACE_MILLIS * 1_000_000L;
        upstream.later(this);
    }

    /** The next delta of a paced answer. A reader that does not keep up is waited for. */
    void next() {
        try {
            if (out.position() > 0) {
                flush();
            } else {
                upstream.sent(stream, delta);
                out.put(script.delta(delta++));
                flush();
            }
            if (delta < script.deltas) {
                inAWhile();
            } else {
                end();
            }
        } catch (IOException e) {
            close();
        }
    }

    private void allAtOnce() throws IOException {
        while (out.position() == 0) {
            while (delta < script.deltas && out.remaining() >= script.delta(delta).length) {
                upstream.sent(stream, delta);
                out.put(script.delta(delta++));
            }
            if (out.position() == 0) {
                end();
                return;
            }
            flush();
        }
    }

    private void end() throws IOException {
        out.put(script.ending(usage));
        script = null;
        flush();
    }

    /** Writes what the socket takes; the rest when it takes more. */
    private void flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        if (out.position() > 0) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void close() {
        upstream.forget(this);
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    @Override
    public int compareTo(Giving other) {
        return Long.signum(nextAt - other.nextAt);
    }
}
