package dev.weir.room;

import dev.weir.log.Frame;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of this node that follow rooms, counted by how they travel, for the console and for the metrics alike.
 * Every door opens one here and closes it. Thread-safe; counting takes no lock.
 */
@ApplicationScoped
public class Connections {

    public static final String WEBSOCKET = "websocket";
    public static final String SSE = "sse";
    public static final String LONG_POLLING = "long-polling";
    public static final String REST_SSE = "rest-sse";
    public static final String REST_POLL = "rest-poll";
    public static final String OPENAI = "openai";
    public static final String MCP = "mcp";

    /** What a transport of any other name is counted as. */
    public static final String OTHER = "other";

    private static final List<String> TRANSPORTS =
            List.of(WEBSOCKET, SSE, LONG_POLLING, REST_SSE, REST_POLL, OPENAI, MCP, OTHER);

    private final List<Figures> figures = TRANSPORTS.stream().map(Figures::new).toList();

    /**
     * Counts one more open connection until it is closed.
     *
     * @param transport one of the names here
     */
    public Open open(String transport) {
        return new Open(of(transport));
    }

    /** The figures of one transport; of {@link #OTHER} when there is none of this name. */
    public Totals totals(String transport) {
        return of(transport).totals();
    }

    private Figures of(String transport) {
        int known = TRANSPORTS.indexOf(transport);
        return figures.get(known < 0 ? TRANSPORTS.indexOf(OTHER) : known);
    }

    /** The figures of every transport, in a fixed order. */
    public List<Totals> totals() {
        return figures.stream().map(Figures::totals).toList();
    }

    /** How many connections are open now. */
    public long count() {
        return figures.stream().mapToLong(it -> it.open.sum()).sum();
    }

    /** One open connection. Thread-safe. */
    public static final class Open implements AutoCloseable {
        private final Figures figures;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Open(Figures figures) {
            this.figures = figures;
            figures.open.increment();
            figures.opened.increment();
        }

        /** Its client came back with a cursor. Not for one that polls: every poll has a cursor. */
        public void resumed() {
            figures.resumes.increment();
        }

        /** It was ended because its client did not take what was sent to it. */
        public void dropped() {
            figures.dropped.increment();
        }

        /** This frame was sent; a snapshot counts as a replay. */
        public void sent(Frame frame) {
            figures.frames.increment();
            figures.characters.add(frame.json().length());
            if (frame.snapshot()) {
                figures.replays.increment();
            }
        }

        /** Something was sent that is no frame of the log, in a form of the door's own. */
        public void sent(long characters) {
            figures.frames.increment();
            figures.characters.add(characters);
        }

        /** Counts it as open no more. A second call does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                figures.open.decrement();
            }
        }
    }

    /**
     * The connections of one transport, since this node started.
     *
     * @param transport one of the names here
     * @param open those that are open now
     * @param opened those that have ever been opened; for one that polls, each poll
     * @param resumes those that came with a cursor, without polls
     * @param replays snapshots sent: to clients without a cursor, and to those whose cursor is too old
     * @param dropped those that were ended because the client did not take what was sent
     * @param frames sent
     * @param characters sent in frames
     */
    public record Totals(
            String transport,
            long open,
            long opened,
            long resumes,
            long replays,
            long dropped,
            long frames,
            long characters) {}

    private static final class Figures {
        private final String transport;
        private final LongAdder open = new LongAdder();
        private final LongAdder opened = new LongAdder();
        private final LongAdder resumes = new LongAdder();
        private final LongAdder replays = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder frames = new LongAdder();
        private final LongAdder characters = new LongAdder();

        Figures(String transport) {
            this.transport = transport;
        }

        private Totals totals() {
            return new Totals(
                    transport,
                    open.sum(),
                    opened.sum(),
                    resumes.sum(),
                    replays.sum(),
                    dropped.sum(),
                    frames.sum(),
                    characters.sum());
        }
    }
}
