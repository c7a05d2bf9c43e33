package relay;

import java.io.File;
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
 */
record Target(String name, List<Long> processes, Opening opening) {

    /** Seconds of one tick in {@code /proc/PID/stat}; Linux gives them to programs as hundredths everywhere. */
    private static final double TICK = 0.01;

    /** Opens a connection to it. */
    interface Opening {
        Link open(String model) throws IOException, InterruptedException;
    }

    static Target sse(String name, List<Long> processes, int port, String path, String authorization) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        return new Target(name, processes, model -> new SseLink(address, path, authorization, model));
    }

    static Target socket(String name, List<Long> processes, int port, WeirDoor door, String cookie) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        return new Target(name, processes, model -> new SocketLink(address, door.newRoom(), cookie, model));
    }

    /** The processor time that its processes have used up to now, in seconds. */
    double processorSeconds() {
        long ticks = 0;
        for (long process : processes) {
            ticks += ticks(Path.of("/proc/" + process + "/stat"));
        }
        return ticks * TICK;
    }

    /** The part of it that the JVMs' compilers have used. */
    double compilerSeconds() {
        long ticks = 0;
        for (long process : processes) {
            File[] threads = new File("/proc/" + process + "/task").listFiles();
            for (File thread : threads == null ? new File[0] : threads) {
                ticks += compilerTicks(thread.toPath());
            }
        }
        return ticks * TICK;
    }

    private static long compilerTicks(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*")
                    ? ticks(thread.resolve("stat"))
                    : 0;
        } catch (IOException | UncheckedIOException e) {
            return 0; // the thread has ended
        }
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
