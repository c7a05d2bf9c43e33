package relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Something to measure.
 *
 * @param processes that do the relaying; none for the upstream itself
 * @param warm whether it gets faster with use
 */
record Target(String name, List<Long> processes, boolean warm, Opening opening) {

    /** Seconds of one tick in {@code /proc/PID/stat}; Linux gives them to programs as hundredths everywhere. */
    private static final double TICK = 0.01;

    /** Opens a connection to it. */
    interface Opening {
        Link open(String model) throws IOException, InterruptedException;
    }

    static Target sse(String name, List<Long> processes, boolean warm, int port, String path, String authorization) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        return new Target(name, processes, warm, model -> new SseLink(address, path, authorization, model));
    }

    static Target socket(String name, List<Long> processes, int port, WeirDoor door, String cookie) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        return new Target(name, processes, true, model -> new SocketLink(address, door.newRoom(), cookie, model));
    }

    /** The processor time that its processes have used up to now, in seconds. */
    double processorSeconds() {
        long ticks = 0;
        for (long process : processes) {
            ticks += ticks(Path.of("/proc/" + process + "/stat"));
        }
        return ticks * TICK;
    }

    /** User and system time (proc_pid_stat(5), fields 14 and 15), of a process with all its threads. */
    private static long ticks(Path stat) {
        try {
            String line = Files.readString(stat);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new UncheckedIOException("A process that is measured has ended", e);
        }
    }
}
