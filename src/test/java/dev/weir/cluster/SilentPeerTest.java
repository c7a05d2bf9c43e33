package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.weir.event.Ids;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A peer that accepts connections and says nothing, as a process that stands still does. */
class SilentPeerTest {

    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A thread that turns in circles takes a whole processor, or its share of it, and hears nobody else. */
    @Test
    void keeps_no_thread_turning_in_circles() throws Exception {
        LinkedBlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(silent, accepted));
        Map<String, String> keys = Map.of(
                "weir.cluster.port",
                "25790",
                "weir.cluster.members",
                "127.0.0.1:25790,127.0.0.1:" + silent.getLocalPort());
        ClusterSettings settings = TestNodes.settings(keys);
        Config config = GridConfig.of(settings, Ids.next(), settings.discovery(true), "silent-peer", "");
        config.setProperty("hazelcast.max.join.seconds", "4");
        config.setProperty("hazelcast.operation.call.timeout.millis", "1000");
        CompletableFuture<HazelcastInstance> node =
                CompletableFuture.supplyAsync(() -> Hazelcast.newHazelcastInstance(config), Thread.ofVirtual()::start);
        try {
            assertThat(accepted.poll(20, TimeUnit.SECONDS)).isNotNull();
            long before = cpu();
            Thread.sleep(WATCHED);
            assertThat(Duration.ofNanos(cpu() - before)).isLessThan(WATCHED.dividedBy(4));
        } finally {
            silent.close();
            // It may have given up by itself: it never saw the other one it was told of.
            node.thenAccept(HazelcastInstance::shutdown)
                    .handle((done, failure) -> failure == null)
                    .join();
        }
    }

    private static void accept(ServerSocket silent, LinkedBlockingQueue<Socket> accepted) {
        try {
            while (true) {
                accepted.add(silent.accept());
            }
        } catch (IOException e) {
            accepted.forEach(SilentPeerTest::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    /** Nanoseconds of all threads that write to and read from connections of the grid. */
    private static long cpu() {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(it -> Optional.ofNullable(THREADS.getThreadInfo(it))
                        .filter(info -> info.getThreadName().contains(".IO.thread"))
                        .isPresent())
                .map(THREADS::getThreadCpuTime)
                .filter(it -> it > 0)
                .sum();
    }
}
