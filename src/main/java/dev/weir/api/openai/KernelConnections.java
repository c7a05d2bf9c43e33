package dev.weir.api.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The TCP connections of this machine with their states, as Linux lists them (proc_pid_net(5), {@code /proc/net/tcp}).
 * Elsewhere there is no list, and nothing is known. Read at most twice a second, however many ask. Thread-safe.
 */
final class KernelConnections {

    /** What the kernel knows of a connection. */
    enum State {
        ESTABLISHED,
        /** The other end has closed it, or this one. */
        CLOSING,
        /** There is none of these ends. */
        ABSENT,
        /** There is no list. */
        UNKNOWN
    }

    private static final List<Path> LISTS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String ESTABLISHED = "01";

    /** What is taken for a numeric address, so that no name is ever looked up. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Before an IPv4 address in the list of IPv6 (RFC 4291, section 2.5.5.2), each word in the machine's order. */
    private static final String MAPPED = words(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1});

    private Map<String, State> states = Map.of();
    private long readAt = System.nanoTime() - FRESH;

    /**
     * How a connection stands.
     *
     * @param localPort of this machine's end
     * @param address of the other end, a numeric one
     * @param port of the other end
     */
    State state(int localPort, String address, int port) {
        Map<String, State> now = states();
        if (now.isEmpty()) {
            return State.UNKNOWN;
        }
        return ends(localPort, address, port)
                .map(it -> now.getOrDefault(it, State.ABSENT))
                .orElse(State.UNKNOWN);
    }

    private synchronized Map<String, State> states() {
        long now = System.nanoTime();
        if (now - readAt >= FRESH) {
            states = read();
            readAt = now;
        }
        return states;
    }

    private static Map<String, State> read() {
        Map<String, State> states = new HashMap<>();
        for (Path list : LISTS) {
            try {
                Files.readAllLines(list, StandardCharsets.US_ASCII).stream()
                        .skip(1)
                        .forEach(it -> add(it, states));
            } catch (IOException e) {
                // Not Linux, or without one of the two families.
            }
        }
        return states;
    }

    /** {@code sl local_address rem_address st …}, an address as {@code 0100007F:1F90}. */
    private static void add(String line, Map<String, State> states) {
        String[] columns = line.strip().split("\\s+", 5);
        if (columns.length == 5) {
            String local = columns[1].substring(columns[1].indexOf(':') + 1);
            String remote = columns[2].startsWith(MAPPED) ? columns[2].substring(MAPPED.length()) : columns[2];
            states.put(local + " " + remote, columns[3].equals(ESTABLISHED) ? State.ESTABLISHED : State.CLOSING);
        }
    }

    private static Optional<String> ends(int localPort, String address, int port) {
        if (!NUMERIC.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return Optional.of("%04X %s:%04X".formatted(localPort, words(bytes), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String words(byte[] address) {
        ByteBuffer buffer = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        StringBuilder words = new StringBuilder();
        while (buffer.hasRemaining()) {
            words.append("%08X".formatted(buffer.getInt()));
        }
        return words.toString();
    }
}
