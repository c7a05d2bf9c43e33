package relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * One connection of the client, with one answer at a time on it. Written to at once: what is asked is small. For one
 * thread.
 */
abstract class Link {

    private static final int MOST_UNREAD = 64 * 1024 * 1024;

    private final SocketChannel channel;
    private byte[] unread = new byte[32 * 1024];
    private int length;
    private Answer answer;
    private long received;

    Link(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** The request, made anew for each answer. */
    abstract byte[] question();

    /**
     * Takes what has come.
     *
     * @return how many bytes of it are done with; the rest is given again, with more behind it
     */
    abstract int take(byte[] bytes, int length, long now) throws IOException;

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask(Answer next) throws IOException {
        answer = next;
        send(question());
    }

    final void send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Reads once. */
    final void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        long now = System.nanoTime();
        if (count < 0) {
            throw new IOException("the connection was closed");
        }
        received += count;
        while (length + count > unread.length) {
            if (unread.length >= MOST_UNREAD) {
                throw new IOException("more than " + MOST_UNREAD + " bytes without an end");
            }
            unread = Arrays.copyOf(unread, unread.length * 2);
        }
        buffer.flip().get(unread, length, count);
        length += count;
        int done = take(unread, length, now);
        System.arraycopy(unread, done, unread, 0, length - done);
        length -= done;
    }

    /** The answer under way or just ended; null before the first. */
    final Answer answer() {
        return answer;
    }

    /** True when the server would rather have another connection soon. */
    boolean worn() {
        return received > 2_000_000;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    /** Where these bytes begin; -1 when they are not there. */
    static int find(byte[] what, byte[] in, int from, int to) {
        byte first = what[0];
        for (int at = from; at <= to - what.length; at++) {
            if (in[at] == first && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
