package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over the wire: whatever the pieces of an answer, however often and whenever the connections of its readers are cut and
 * made again, on whichever transport, and whenever a reader joins: each has the whole answer in the end, no gap, no
 * repeat. The seed is the test's parameter.
 */
final class StreamPropertyIT {

    private static final List<Transport> TRANSPORTS = List.of(Transport.values());
    private static final int READERS = 4;
    private static final String[] PIECES = {
        "a",
        " word",
        "\n\n",
        "\"quoted\" \\ back",
        "Größe",
        "漢字",
        "\uD83D\uDE80",
        "e\u0301",
        "\u200F\u05D0",
        "\t",
        "</script>",
        "|0|X|"
    };

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void every_reader_ends_with_exactly_the_answer(long seed) throws Exception {
        Random random = new Random(seed);
        String room = admin.room("upstream");
        List<String> deltas = deltas(random);
        server.upstream().answer(script(deltas, random));

        String turn = admin.prompt(room, "Seed " + seed).path("turn").asText();

        String whole = String.join("", deltas);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random own = new Random(random.nextLong());
                readers.add(threads.submit(() -> read(room, turn, whole, own)));
            }
            for (Future<?> reader : readers) {
                reader.get(90, TimeUnit.SECONDS);
            }
        }
    }

    /** Joins at some moment, is cut and comes back some times, and must have everything in the end. */
    private void read(String room, String turn, String whole, Random random) {
        pause(random, 400);
        try (RoomReader reader = RoomReader.follow(admin, room, any(random))) {
            for (int cuts = random.nextInt(8); cuts > 0; cuts--) {
                pause(random, 120);
                reader.cut();
                pause(random, 60);
                reader.resume(any(random));
            }
            assertThat(reader.answer(turn, Duration.ofSeconds(60)).text).isEqualTo(whole);
            reader.assertWhole();
        }
    }

    private static List<String> deltas(Random random) {
        List<String> deltas = new ArrayList<>();
        for (int count = 1 + random.nextInt(150); count > 0; count--) {
            int times = random.nextInt(20) == 0 ? random.nextInt(4000) : 1 + random.nextInt(3);
            deltas.add(PIECES[random.nextInt(PIECES.length)].repeat(Math.max(1, times)));
        }
        return deltas;
    }

    private static Script script(List<String> deltas, Random random) {
        Script script = Script.begin();
        for (String delta : deltas) {
            script.deltas(delta);
            if (random.nextInt(3) > 0) {
                script.pause(Duration.ofMillis(random.nextInt(12)));
            }
        }
        return script.finish("stop").done();
    }

    private static Transport any(Random random) {
        return TRANSPORTS.get(random.nextInt(TRANSPORTS.size()));
    }

    private static void pause(Random random, int mostMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(mostMillis)));
    }
}
