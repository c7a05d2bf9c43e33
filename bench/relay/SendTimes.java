package relay;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * When the upstream sent each delta, by {@link System#nanoTime()}, in a file that both processes have in their memory:
 * the upstream writes before it sends, the client reads when it has received. Latest {@link #STREAMS} streams.
 */
final class SendTimes {

    private static final int STREAMS = 4096;

    private final LongBuffer times;
    private final int deltas;

    SendTimes(Path file, int deltas) throws IOException {
        this.deltas = deltas;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long bytes = (long) STREAMS * deltas * Long.BYTES;
            times = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).asLongBuffer();
        }
    }

    void sent(int stream, int delta, long nanos) {
        times.put(place(stream, delta), nanos);
    }

    long of(int stream, int delta) {
        return times.get(place(stream, delta));
    }

    private int place(int stream, int delta) {
        return stream % STREAMS * deltas + delta;
    }
}
