package cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible provider that does what the question says: {@code [name deltas=N pace=MILLIS]} is N deltas, {@code #0# },
 * {@code #1# } and so on, one each so many milliseconds; with {@code hold} it then waits until {@link #release}.
 */
final class Provider implements AutoCloseable {

    private static final Pattern WANTED = Pattern.compile("\\[(\\w+) deltas=(\\d+) pace=(\\d+)( hold)?]");

    private final HttpServer server;
    private final Map<String, AtomicLongArray> times = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> holds = new ConcurrentHashMap<>();

    Provider(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    static String question(String name, int deltas, int paceMillis, boolean hold) {
        return "[" + name + " deltas=" + deltas + " pace=" + paceMillis + (hold ? " hold]" : "]");
    }

    static String delta(int number) {
        return "#" + number + "# ";
    }

    /** When a delta was sent, by {@link System#nanoTime}; 0 when it was not. */
    long sent(String name, int delta) {
        AtomicLongArray sent = times.get(name);
        return sent == null ? 0 : sent.get(delta);
    }

    void release(String name) {
        hold(name).countDown();
    }

    private CountDownLatch hold(String name) {
        return holds.computeIfAbsent(name, it -> new CountDownLatch(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher wanted = WANTED.matcher(body);
        String name = "";
        int deltas = 0;
        int pace = 0;
        boolean hold = false;
        while (wanted.find()) {
            name = wanted.group(1);
            deltas = Integer.parseInt(wanted.group(2));
            pace = Integer.parseInt(wanted.group(3));
            hold = wanted.group(4) != null;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            send(out, name, deltas, pace);
            if (hold) {
                hold(name).await();
            }
            out.write(event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"));
            out.write(event("[DONE]"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutputStream out, String name, int deltas, int pace) throws IOException {
        AtomicLongArray sent = new AtomicLongArray(deltas);
        times.put(name, sent);
        long next = System.nanoTime();
        for (int i = 0; i < deltas; i++) {
            byte[] event = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + delta(i)
                    + "\"},\"finish_reason\":null}]}");
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.set(i, System.nanoTime());
            out.write(event);
            out.flush();
            next += pace * 1_000_000L;
        }
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
