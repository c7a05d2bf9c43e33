package relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A provider that costs next to nothing: one thread, everything it sends made beforehand. {@code Upstream TIMES DELTAS
 * READY}: the file of {@link SendTimes}, the deltas of an answer, and a file to write {@code PORT} to when it listens.
 */
final class Upstream {

    private final Selector selector = Selector.open();
    private final PriorityQueue<Giving> due = new PriorityQueue<>();
    private final Map<String, Script> scripts = new HashMap<>();
    private final SendTimes times;
    private final int longest;
    private int streams;

    private Upstream(SendTimes times, int longest) throws IOException {
        this.times = times;
        this.longest = longest;
    }

    public static void main(String[] args) throws IOException {
        int deltas = Integer.parseInt(args[1]);
        Upstream upstream = new Upstream(new SendTimes(Path.of(args[0]), deltas), deltas);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0), 1024);
            server.configureBlocking(false);
            server.register(upstream.selector, SelectionKey.OP_ACCEPT);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Files.writeString(Path.of(args[2]), Integer.toString(port));
            upstream.run(server);
        }
    }

    private void run(ServerSocketChannel server) throws IOException {
        while (true) {
            sleep(nanosToNext());
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept(server);
                } else if (key.attachment() instanceof Giving giving) {
                    giving.ready(key);
                }
            }
            selector.selectedKeys().clear();
            long now = System.nanoTime();
            while (!due.isEmpty() && due.peek().nextAt - now <= 0) {
                due.poll().next();
            }
        }
    }

    private long nanosToNext() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().nextAt - System.nanoTime();
    }

    private void sleep(long nanos) throws IOException {
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, nanos / 1_000_000));
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Giving(this, channel, key));
        }
    }

    /** The script of a model; null when no request should name it. */
    Script script(String model) {
        if (model.isEmpty() || Integer.parseInt(model.substring(model.indexOf('-') + 1)) > longest) {
            return null;
        }
        return scripts.computeIfAbsent(model, Script::of);
    }

    int nextStream() {
        return streams++ % 1_000_000;
    }

    void sent(int stream, int delta) {
        times.sent(stream, delta, System.nanoTime());
    }

    void later(Giving giving) {
        due.add(giving);
    }

    void forget(Giving giving) {
        due.remove(giving);
    }
}
