package dev.weir.room;

import dev.weir.log.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts what goes out, and what becomes of the connection. */
final class CountedOutlet implements Outlet {

    /** A write that fails after so long failed because the client did not read. */
    private static final long SLOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final Outlet outlet;
    private final Connections.Open open;
    private final AtomicBoolean closed = new AtomicBoolean();

    CountedOutlet(Outlet outlet, Connections.Open open) {
        this.outlet = outlet;
        this.open = open;
    }

    @Override
    public void frame(Frame frame) throws IOException {
        long began = System.nanoTime();
        try {
            outlet.frame(frame);
        } catch (IOException | RuntimeException e) {
            if (System.nanoTime() - began > SLOW_NANOS) {
                open.dropped();
            }
            throw e;
        }
        open.sent(frame);
    }

    @Override
    public void message(String text) throws IOException {
        outlet.message(text);
    }

    @Override
    public int atOnce() {
        return outlet.atOnce();
    }

    @Override
    public void heartbeat(Frame empty) throws IOException {
        outlet.heartbeat(empty);
    }

    @Override
    public boolean wantsHeartbeats() {
        return outlet.wantsHeartbeats();
    }

    @Override
    public boolean wantsNodes() {
        return outlet.wantsNodes();
    }

    @Override
    public void sendAway() {
        outlet.sendAway();
    }

    @Override
    public boolean once() {
        return outlet.once();
    }

    @Override
    public String transport() {
        return outlet.transport();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            open.close();
        }
        outlet.close();
    }
}
