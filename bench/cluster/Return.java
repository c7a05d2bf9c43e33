package cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code ./weir bench replay}, second part: a node is killed, and all of its clients come to the other one at once. */
final class Return {

    private static final int PACE_MILLIS = 50;
    private static final long PATIENCE = 120;
    private static final int AT_A_TIME = 50;

    private final List<Node> nodes;
    private final String cookie;

    Return(List<Node> nodes, String cookie) {
        this.nodes = nodes;
        this.cookie = cookie;
    }

    /** Returns false when a client did not come back. */
    boolean measure(int clients, int rooms) throws Exception {
        Node staying = nodes.get(0);
        Node dying = nodes.get(1);
        List<Reader> readers = new ArrayList<>();
        List<Reader> asking = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            String room = staying.newRoom(cookie);
            Reader asker = new Reader(room, 0).open(staying, cookie, "").join();
            asker.first().join();
            asking.add(asker);
            asker.ask(Provider.question("live" + i, 100_000, PACE_MILLIS, false));
        }
        for (int from = 0; from < clients; from += AT_A_TIME) {
            List<CompletableFuture<Reader>> opening = new ArrayList<>();
            for (int i = from; i < Math.min(clients, from + AT_A_TIME); i++) {
                opening.add(new Reader(asking.get(i % rooms).room(), 0).open(dying, cookie, ""));
            }
            for (CompletableFuture<Reader> it : opening) {
                Reader reader = it.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
                reader.first().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
                readers.add(reader);
            }
        }
        Thread.sleep(3000);
        long killed = System.nanoTime();
        ProcessHandle.of(dying.pid()).ifPresent(ProcessHandle::destroyForcibly);
        List<CompletableFuture<Reader>> back = new ArrayList<>();
        for (Reader reader : readers) {
            back.add(reader.lost()
                    .thenCompose(at -> new Reader(reader.room(), 0).open(staying, cookie, reader.cursor()))
                    .thenCompose(it -> it.first().thenApply(at -> it)));
        }
        Samples samples = new Samples();
        int snapshots = 0;
        int failed = 0;
        for (CompletableFuture<Reader> it : back) {
            try {
                Reader reader = it.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
                samples.add(reader.first().join() - killed);
                snapshots += reader.beganWithSnapshot() ? 1 : 0;
                reader.close();
            } catch (RuntimeException e) {
                failed++;
            }
        }
        asking.forEach(Reader::close);
        System.out.printf("%n%,d clients of %d rooms with live answers; their node is killed%n%n", clients, rooms);
        System.out.printf("%-34s %8.0f ms%n", "half of them live again after", samples.millis(50));
        System.out.printf("%-34s %8.0f ms%n", "99 of 100", samples.millis(99));
        System.out.printf("%-34s %8.0f ms%n", "all", samples.longest());
        System.out.printf("%-34s %8d%n", "with a snapshot, not their cursor", snapshots);
        System.out.printf("%-34s %8d%n", "did not come back", failed);
        return failed == 0;
    }
}
