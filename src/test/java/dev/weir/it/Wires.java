package dev.weir.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The network between the nodes of a cluster on this machine: each node is reached by the others through a wire, which
 * knows by its port who connects. A node that is cut off is silent, as behind a broken switch: its connections stay, and nothing
 * comes through until they are mended; new ones get no answer. What nodes have else, as the database, is not cut.
 */
public final class Wires implements AutoCloseable {

    /** How many connections a node can have opened at a time. */
    private static final int OUTBOUND = 100;

    private final int base = ThreadLocalRandom.current().nextInt(100, 250) * OUTBOUND;
    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Set<Integer> apart = Set.of();
    private boolean closed;

    /** Wires for so many nodes. */
    public Wires(int size) {
        for (int i = 0; i < size; i++) {
            try {
                ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                doors.add(door);
                int node = i + 1;
                Thread.startVirtualThread(() -> accept(door, node));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where a node listens; it connects from those after it. */
    private int ports(int node) {
        return base + node * OUTBOUND;
    }

    private String address(int node) {
        return "127.0.0.1:" + doors.get(node - 1).getLocalPort();
    }

    /** What makes a node, from 1, use its wire. */
    public Map<String, String> settings(int node) {
        return Map.of(
                "weir.cluster.port",
                Integer.toString(ports(node)),
                "weir.cluster.outbound-ports",
                (ports(node) + 1) + "-" + (ports(node) + OUTBOUND - 1),
                "weir.cluster.public-address",
                address(node),
                "weir.cluster.members",
                IntStream.rangeClosed(1, doors.size()).mapToObj(this::address).collect(Collectors.joining(",")));
    }

    /** Nothing passes any more between these nodes and the others. */
    public void part(Integer... nodes) {
        set(Set.of(nodes));
    }

    /** Everything passes again, also what was on its way. */
    public void mend() {
        set(Set.of());
    }

    private void set(Set<Integer> nodes) {
        lock.lock();
        try {
            apart = nodes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket door, int to) {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                sockets.add(near);
                int from = (near.getPort() - base) / OUTBOUND;
                Thread.startVirtualThread(() -> join(near, from, to));
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private void join(Socket near, int from, int to) {
        try {
            awaitWire(from, to);
            Socket far = new Socket();
            sockets.add(far);
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports(to)));
            Thread.startVirtualThread(() -> pass(far, near, from, to));
            pass(near, far, from, to);
        } catch (IOException | InterruptedException e) {
            end(near);
        }
    }

    private void pass(Socket in, Socket out, int from, int to) {
        try {
            InputStream source = in.getInputStream();
            OutputStream target = out.getOutputStream();
            byte[] some = new byte[64 * 1024];
            for (int count = source.read(some); count >= 0; count = source.read(some)) {
                awaitWire(from, to);
                target.write(some, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // ended
        }
        end(in);
        end(out);
    }

    private void awaitWire(int from, int to) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && apart.contains(from) != apart.contains(to)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sockets.forEach(Wires::end);
        doors.forEach(it -> {
            try {
                it.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
