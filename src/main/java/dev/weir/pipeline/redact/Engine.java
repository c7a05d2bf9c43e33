package dev.weir.pipeline.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one text through recognisers and lets out what none of them can still find something in.
 *
 * <p>What is decided is decided character by character, so the outcome is the same however the text is cut. Where found
 * spans overlap, the one that begins first counts, of those the longest, of those the one of the lowest priority; what
 * others found beyond its end is removed as well, and the strictest action counts. A span is settled when nothing that
 * begins before its end is undecided. At most {@link #MOST_HELD} characters are held. Not thread-safe.
 */
final class Engine implements Findings {

    /** A span, and what is undecided from its last character on; and half a surrogate pair. */
    static final int MOST_HELD = 2 * Scan.BOUND + 2;

    private static final int SLICE = 4096;

    private final Look look;
    private final Outlet outlet;
    private final Window window = new Window();
    private final Scan[] scans;
    private final ContextWords.Seen words;
    private final List<Span> spans = new ArrayList<>();
    private boolean seeding;
    private int active;
    private int released;
    private int removedTo = -1;
    private String removedBy = "";
    private char previous = '\n';
    private long steps;

    Engine(Look look, Outlet outlet) {
        this.look = look;
        this.outlet = outlet;
        this.words = look.words().open(window);
        this.scans = look.open(window, this, words);
    }

    /** Reads text that went out before; what it may belong to is found as far as it comes from now on. */
    void seed(String before) {
        seeding = true;
        read(before, 0, before.length());
        released = window.end();
        spans.clear();
        seeding = false;
    }

    void accept(String text) {
        for (int from = 0; from < text.length(); from += SLICE) {
            int to = Math.min(text.length(), from + SLICE);
            int begin = window.end();
            read(text, from, to);
            release(begin, from == 0 && to == text.length() ? text : "");
        }
    }

    /** There is no more text. */
    void finish() {
        for (int left = active; left != 0; left &= left - 1) {
            scans[Integer.numberOfTrailingZeros(left)].end(window.end());
        }
        active = 0;
        settle();
        passUpTo(window.end());
    }

    /** Characters read and not let out. */
    int held() {
        return window.end() - released;
    }

    /** Work done so far, in steps of a bounded time. */
    long steps() {
        long sum = steps;
        for (Scan scan : scans) {
            sum += scan.steps();
        }
        return sum;
    }

    private void read(String text, int from, int to) {
        window.append(text, from, to, Math.min(released, undecidedFrom()));
        int end = window.end();
        for (int at = end - (to - from); at < end; at++) {
            char c = window.at(at);
            words.next(c, at);
            int column = c < 128 ? c : 128;
            int wake = active | look.anywhere[column] | (Ascii.isWord(previous) ? 0 : look.atWordStart[column]);
            if (wake != 0) {
                step(wake, c, at);
            }
            previous = c;
            steps++;
        }
    }

    private void step(int wake, char c, int at) {
        int now = 0;
        for (int left = wake; left != 0; left &= left - 1) {
            int i = Integer.numberOfTrailingZeros(left);
            steps++;
            if (scans[i].next(c, at)) {
                now |= 1 << i;
            }
        }
        active = now;
        if (!spans.isEmpty()) {
            settle();
        }
    }

    private int undecidedFrom() {
        int first = Scan.NONE;
        for (int left = active; left != 0; left &= left - 1) {
            first = Math.min(first, scans[Integer.numberOfTrailingZeros(left)].undecidedFrom());
        }
        return first;
    }

    /** Lets out what is decided; as it came, when that is all of it and nothing else. */
    private void release(int begin, String asItCame) {
        int to = Math.min(window.end(), undecidedFrom());
        if (!spans.isEmpty()) {
            to = Math.min(to, spans.getFirst().from());
        }
        if (to > released && Character.isHighSurrogate(window.at(to - 1))) {
            to--;
        }
        if (released == begin && to == window.end() && !asItCame.isEmpty()) {
            released = to;
            outlet.pass(asItCame);
        } else {
            passUpTo(to);
        }
    }

    private void passUpTo(int to) {
        if (to > released) {
            if (!seeding) {
                outlet.pass(window.text(released, to));
            }
            released = to;
        }
    }

    private void settle() {
        while (!spans.isEmpty()) {
            steps++;
            Span first = spans.getFirst();
            if (first.to() <= released) {
                spans.removeFirst();
                continue;
            }
            int from = Math.max(first.from(), released);
            int undecided = undecidedFrom();
            if (undecided <= from) {
                return;
            }
            Span best = best(from);
            if (undecided < best.to()) {
                return;
            }
            remove(best, from);
        }
    }

    /** Of the spans that begin there, or have begun before it, the longest; of those the one of the lowest priority. */
    private Span best(int from) {
        Span best = spans.getFirst();
        for (Span it : spans) {
            steps++;
            if (it.from() > from) {
                break;
            }
            if (it.isBefore(best)) {
                best = it;
            }
        }
        return best;
    }

    private void remove(Span span, int from) {
        passUpTo(from);
        boolean cut = span.from() < from;
        boolean goesOn =
                from == removedTo && (span.more() || (cut && span.rule().name().equals(removedBy)));
        Action action = strictest(span, cut || !span.whole());
        if (!seeding && (!goesOn || action == Action.BLOCK)) {
            outlet.found(span.rule(), action, window.text(from, span.to()));
        }
        released = span.to();
        removedTo = released;
        removedBy = span.rule().name();
        spans.removeIf(it -> it.to() <= released);
    }

    private Action strictest(Span span, boolean inPart) {
        Action strictest = span.rule().action();
        boolean alone = !inPart;
        for (Span it : spans) {
            if (it.from() >= span.to()) {
                break;
            }
            if (it.rule().action().acts()) {
                alone &= it.to() <= span.to()
                        && it.rule().action().compareTo(span.rule().action()) <= 0;
                Action action = it.rule().action();
                strictest = action.compareTo(strictest) > 0 ? action : strictest;
            }
        }
        return alone || !strictest.acts() || strictest == Action.BLOCK ? strictest : Action.LABEL;
    }

    @Override
    public void found(Rule rule, int from, int to) {
        add(new Span(rule, from, to, true, false));
    }

    @Override
    public void begun(Rule rule, int from, int to) {
        add(new Span(rule, from, to, false, false));
    }

    @Override
    public void more(Rule rule, int from, int to) {
        add(new Span(rule, from, to, false, true));
    }

    private void add(Span span) {
        int at = spans.size();
        while (at > 0 && spans.get(at - 1).from() > span.from()) {
            at--;
        }
        spans.add(at, span);
    }
}
