package dev.weir.pipeline.safety;

/**
 * Patterns at work on one text, a character at a time: all places that a match under way can be at, each with where it
 * began. A step costs at most as much as the program has instructions. A match is seen with the character after it.
 */
final class PatternRun {

    /** Of a match that gets longer, only so many folded characters at its end count as it: a power of two. */
    static final int LONGEST = 512;

    /** Hears of matches. */
    interface Matches {
        void found(int topic, long from, long to);
    }

    private final Patterns patterns;
    private final Matches matches;
    private Threads now;
    private Threads next;
    private final long[] starts = new long[LONGEST];
    private final int[] seen;
    private final int[] stack;
    private int stamp;
    private int before = Folding.BLANK;
    private long end;
    private long count;
    private long work;

    /** Where matches under way are, those that began earlier first. */
    private static final class Threads {
        final int[] place;
        final long[] from;
        final long[] first;
        int size;

        Threads(int most) {
            place = new int[most];
            from = new long[most];
            first = new long[most];
        }
    }

    PatternRun(Patterns patterns, Matches matches) {
        this.patterns = patterns;
        this.matches = matches;
        this.now = new Threads(patterns.size());
        this.next = new Threads(patterns.size());
        this.seen = new int[patterns.size()];
        this.stack = new int[patterns.size() * 2 + 2];
    }

    /** Takes one folded character, which stands at this place of the text. */
    void step(int c, long from, long to) {
        starts[(int) count & (LONGEST - 1)] = from;
        advance(c, from);
        before = c;
        end = to;
        count++;
    }

    /** The text ends here. */
    void end(long at) {
        advance(Folding.BLANK, at);
        now.size = 0;
    }

    /** Gives up what is under way. */
    void breakOff() {
        now.size = 0;
        before = Folding.BLANK;
    }

    /** Where the match under way that began first began; {@link Long#MAX_VALUE} when there is none. */
    long oldest() {
        return now.size == 0 ? Long.MAX_VALUE : now.from[0];
    }

    long work() {
        return work;
    }

    private void advance(int c, long from) {
        stamp++;
        next.size = 0;
        for (int i = 0; i < now.size; i++) {
            boolean late = count - now.first[i] >= LONGEST;
            long first = late ? count - LONGEST + 1 : now.first[i];
            follow(now.place[i], c, late ? starts[(int) first & (LONGEST - 1)] : now.from[i], first);
        }
        for (int entry : patterns.entries()) {
            follow(entry, c, from, count);
        }
        Threads spent = now;
        now = next;
        next = spent;
    }

    /** Goes from a place to all that can be reached without a character, and over this one where it fits. */
    private void follow(int start, int c, long from, long first) {
        int top = 0;
        stack[top++] = start;
        while (top > 0) {
            int at = stack[--top];
            if (seen[at] == stamp) {
                continue;
            }
            seen[at] = stamp;
            work++;
            switch (patterns.op(at)) {
                case CHARACTER -> {
                    if (patterns.fits(at, c)) {
                        add(at + 1, from, first);
                    }
                }
                case FORK -> {
                    stack[top++] = patterns.right(at);
                    stack[top++] = patterns.left(at);
                }
                case BOUNDARY -> {
                    if (PatternParser.isWord(before) != PatternParser.isWord(c)) {
                        stack[top++] = at + 1;
                    }
                }
                case MATCH -> matches.found(patterns.left(at), from, end);
            }
        }
    }

    private void add(int place, long from, long first) {
        next.place[next.size] = place;
        next.from[next.size] = from;
        next.first[next.size] = first;
        next.size++;
    }
}
