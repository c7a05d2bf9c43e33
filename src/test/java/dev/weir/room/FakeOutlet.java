package dev.weir.room;

import dev.weir.log.ClientView;
import dev.weir.log.Frame;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A client: takes frames by the rules of the wire, as slowly as the test likes, and notes what must not happen. */
final class FakeOutlet implements Outlet {

    final ClientView view = new ClientView();
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> order = new CopyOnWriteArrayList<>();
    final List<Throwable> wrongs = new CopyOnWriteArrayList<>();
    final AtomicInteger frames = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final boolean once;
    private volatile boolean broken;
    private volatile boolean slow;
    volatile boolean wantsNodes;

    /** Whether it takes the next frame without waiting. */
    volatile BooleanSupplier atOnce = () -> false;

    private final Semaphore reads = new Semaphore(0);

    FakeOutlet() {
        this(false);
    }

    FakeOutlet(boolean once) {
        this.once = once;
    }

    /** From now on each write waits for {@link #read}. */
    void stall() {
        slow = true;
    }

    void read() {
        slow = false;
        reads.release(1_000_000);
    }

    void breakDown() {
        broken = true;
    }

    @Override
    public void frame(Frame frame) throws IOException {
        write(() -> {
            synchronized (view) {
                view.take(frame.json());
                order.add("frame");
                frames.incrementAndGet();
            }
        });
    }

    @Override
    public void message(String text) throws IOException {
        write(() -> {
            messages.add(text);
            order.add(text);
        });
    }

    private void write(Runnable work) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            wrongs.add(new AssertionError("Two threads wrote at once."));
        }
        try {
            if (slow) {
                reads.acquireUninterruptibly();
            }
            if (broken) {
                throw new IOException("The client has gone.");
            }
            work.run();
        } catch (AssertionError e) {
            wrongs.add(e);
        } finally {
            busy.set(false);
        }
    }

    /** True while something is being written to it. */
    boolean isBusy() {
        return busy.get();
    }

    List<String> shown() {
        synchronized (view) {
            return view.conversation().stream().map(ClientView.Shown::id).toList();
        }
    }

    int seen(String type) {
        synchronized (view) {
            return (int) view.types().stream().filter(type::equals).count();
        }
    }

    @Override
    public int atOnce() {
        return atOnce.getAsBoolean() ? Integer.MAX_VALUE : 0;
    }

    @Override
    public boolean wantsNodes() {
        return wantsNodes;
    }

    @Override
    public void sendAway() {
        order.add("away");
    }

    @Override
    public boolean once() {
        return once;
    }

    @Override
    public String transport() {
        return Connections.WEBSOCKET;
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
