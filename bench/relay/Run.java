package relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A number of answers from one target, so many at a time, on connections that are open before. One thread does all: it
 * reads whatever has come and asks again.
 */
final class Run implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);
    private static final long OPENING = TimeUnit.SECONDS.toNanos(30);

    private final Target target;
    private final String model;
    private final Prose prose;
    private final SendTimes times;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Link> idle = new ArrayList<>();
    private final Cell cell;
    private int toAsk;
    private int underWay;

    Run(Target target, String model, Prose prose, SendTimes times) throws IOException {
        this.target = target;
        this.model = model;
        this.prose = prose;
        this.times = times;
        this.cell = new Cell();
    }

    /**
     * Runs to the end.
     *
     * @param streams at a time
     * @param answers in all
     * @param spread nanoseconds over which the first of them begin
     */
    Cell measure(int streams, int answers, long spread) throws IOException, InterruptedException {
        for (int i = 0; i < streams; i++) {
            idle.add(open());
        }
        Thread.sleep(200);
        toAsk = answers;
        double processor = target.processorSeconds();
        double compiler = target.compilerSeconds();
        long began = System.nanoTime();
        for (int begun = 0; toAsk > 0 || underWay > 0; ) {
            long now = System.nanoTime();
            while (begun < streams && toAsk > 0 && now - began >= spread * begun / streams) {
                ask(idle.removeFirst());
                begun++;
            }
            if (now - began > PATIENCE) {
                giveUp();
                break;
            }
            select(begun < streams && toAsk > 0 ? 1 : 1000);
        }
        cell.seconds = (System.nanoTime() - began) / 1e9;
        Thread.sleep(200);
        cell.processorSeconds = target.processorSeconds() - processor;
        cell.compilerSeconds = target.compilerSeconds() - compiler;
        return cell;
    }

    private Link open() throws IOException, InterruptedException {
        Link link = target.opening().open(model);
        link.register(selector);
        if (link instanceof SocketLink socket) {
            socket.follow();
            long until = System.nanoTime() + OPENING;
            while (!socket.following()) {
                select(100);
                if (System.nanoTime() > until) {
                    throw new IOException(target.name() + " does not answer to a WebSocket.");
                }
            }
        }
        return link;
    }

    private void ask(Link link) throws IOException, InterruptedException {
        Link fit = link;
        if (link.worn()) {
            link.close();
            fit = open();
        }
        toAsk--;
        underWay++;
        fit.ask(new Answer(prose, times, cell.delays));
    }

    private void select(long millis) throws IOException, InterruptedException {
        selector.select(millis);
        for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
            take(key, (Link) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void take(SelectionKey key, Link link) throws IOException, InterruptedException {
        Answer answer = link.answer();
        boolean waiting = answer != null && !answer.ended();
        try {
            link.read(buffer);
        } catch (IOException e) {
            key.cancel();
            link.close();
            if (!waiting) {
                throw new IOException(target.name() + ": " + e.getMessage(), e);
            }
            answer.fail(String.valueOf(e.getMessage()));
        }
        if (waiting && answer.ended()) {
            underWay--;
            cell.ended(answer);
            if (toAsk > 0 && idle.isEmpty()) {
                ask(key.isValid() ? link : open());
            }
        }
    }

    private void giveUp() {
        for (SelectionKey key : selector.keys()) {
            Answer answer = ((Link) key.attachment()).answer();
            if (answer != null && !answer.ended()) {
                answer.fail("no end after " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
                cell.ended(answer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Link) key.attachment()).close();
        }
        selector.close();
    }
}
