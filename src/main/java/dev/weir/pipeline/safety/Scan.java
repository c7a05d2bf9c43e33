package dev.weir.pipeline.safety;

import dev.weir.pipeline.pattern.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules at work on one text as it comes. What it finds, and how far the text may be shown, depends on the text up to
 * there and not on how it was cut. Each character costs a bounded number of steps. Places are UTF-16 characters from the
 * beginning of the text; what came before that has negative ones.
 */
final class Scan {

    /** More characters than this are never held: text that would need it is taken for {@link Rules#HIDDEN}. */
    static final int MOST_HELD = 4096;

    /** So many characters that nobody sees, one after the other, are taken for {@link Rules#HIDDEN} text. */
    static final int MOST_UNSEEN = 64;

    /** A phrase does not go on over more blanks, dashes and the like than this. */
    static final int MOST_GAP = 256;

    private static final int MOST_ALLOWED = 16;

    private final Rules rules;
    private final Automaton automaton;
    private final List<PatternRun> runs = new ArrayList<>();
    private final Optional<PatternRun> blockingRun;
    private final int[] seen;
    private final long[] from;
    private final long[] to;
    private final int mask;
    private final List<Found> open = new ArrayList<>();
    private final List<Found> allowed = new ArrayList<>();
    private final Set<String> reported = new LinkedHashSet<>();
    private Optional<String> blocked = Optional.empty();
    private long count;
    private long place;
    private long limit;
    private long work;
    private int state = Automaton.ROOT;
    private int gap;
    private int unseen;
    private long unseenFrom;
    private char half;

    /** A match. */
    private record Found(int topic, long from, long to) {
        boolean holds(Found other) {
            return from <= other.from && to >= other.to;
        }
    }

    /**
     * @param before how many characters of the text have been shown already: matches that lie wholly in them don't count
     */
    Scan(Rules rules, int before) {
        this.rules = rules;
        this.automaton = rules.automaton();
        int size = Math.max(2, Integer.highestOneBit(automaton.longest() + 1) * 2);
        this.mask = size - 1;
        this.seen = new int[size];
        this.from = new long[size];
        this.to = new long[size];
        this.place = -before;
        this.blockingRun = run(rules.blocking());
        run(rules.reporting());
        gap();
    }

    private Optional<PatternRun> run(Program patterns) {
        if (patterns.isEmpty()) {
            return Optional.empty();
        }
        PatternRun run = new PatternRun(patterns, (topic, start, end) -> open.add(new Found(topic, start, end)));
        runs.add(run);
        return Optional.of(run);
    }

    /**
     * Looks at more text.
     *
     * @return false when something was found that blocks; the rest is not looked at then
     */
    boolean take(CharSequence text) {
        for (int i = 0; i < text.length() && blocked.isEmpty(); i++) {
            take(text.charAt(i));
        }
        return blocked.isEmpty();
    }

    private void take(char c) {
        if (half != 0) {
            char high = half;
            half = 0;
            if (Character.isLowSurrogate(c)) {
                codePoint(Character.toCodePoint(high, c), 2);
                return;
            }
            codePoint(high, 1);
        }
        if (Character.isHighSurrogate(c)) {
            half = c;
        } else {
            codePoint(c, 1);
        }
    }

    private void codePoint(int c, int length) {
        long start = place;
        place += length;
        int[] folded = Folding.of(c);
        if (folded.length == 0) {
            unseenFrom = unseen == 0 ? start : unseenFrom;
            if (++unseen == MOST_UNSEEN + 1) {
                hidden();
            }
        } else {
            unseen = 0;
            for (int it : folded) {
                character(it, start);
            }
        }
        if (blocked.isEmpty() && place - safe() > MOST_HELD) {
            hidden();
        }
    }

    private void character(int c, long start) {
        for (PatternRun run : runs) {
            run.step(c, start, place);
        }
        if (Folding.inWord(c)) {
            gap = 0;
            symbol(c, start);
        } else {
            gap();
        }
        if (!open.isEmpty()) {
            settle();
        }
    }

    private void gap() {
        gap++;
        if (gap == 1) {
            symbol(Term.GAP, place);
        } else if (gap == MOST_GAP + 1) {
            state = automaton.step(Automaton.ROOT, Term.GAP);
        }
    }

    private void symbol(int c, long start) {
        int slot = (int) count & mask;
        seen[slot] = c;
        from[slot] = start;
        to[slot] = place;
        count++;
        work++;
        state = automaton.step(state, Likeness.classOf(c));
        for (int end = automaton.firstEnd(state); end != Automaton.ROOT; end = automaton.nextEnd(end)) {
            for (int term : automaton.ends(end)) {
                check(automaton.term(term));
            }
        }
    }

    /** What the automaton has found by classes of characters: is it there, character by character? */
    private void check(Term term) {
        int length = term.characters().size();
        int real = 0;
        for (int i = 0; i < length; i++) {
            work++;
            int there = seen[(int) (count - length + i) & mask];
            int meant = term.characters().get(i);
            if (!Likeness.standsFor(there, meant)) {
                return;
            }
            real += Character.isLetter(meant) && !Likeness.disguised(there, meant) ? 1 : 0;
        }
        if (real >= term.leastReal()) {
            int last = term.characters().getLast() == Term.GAP ? 2 : 1;
            Found found = new Found(term.topic(), first(length), to[(int) (count - last) & mask]);
            (term.topic() == Term.ALLOWED ? allowed : open).add(found);
            if (allowed.size() > MOST_ALLOWED) {
                allowed.removeFirst();
            }
        }
    }

    /** Where the first character of the last so many stands that is no gap; {@link Long#MAX_VALUE} when all are. */
    private long first(int length) {
        long at = count - length;
        if (length > 0 && seen[(int) at & mask] == Term.GAP) {
            at++;
        }
        return length == 0 || at == count ? Long.MAX_VALUE : from[(int) at & mask];
    }

    /** Decides about matches that no phrase can excuse any more. */
    private void settle() {
        open.removeIf(match -> allowed.stream().anyMatch(it -> it.holds(match)));
        long excusable = first(automaton.excuses(state));
        decide(open.stream().filter(it -> it.from() < excusable).toList());
    }

    private void decide(List<Found> certain) {
        long safe = safe();
        for (Found match : certain) {
            if (match.to() <= 0) {
                continue;
            }
            if (rules.action(match.topic()) == Action.BLOCK) {
                block(rules.name(match.topic()), Math.min(safe, match.from()));
            } else {
                reported.add(rules.name(match.topic()));
            }
        }
        open.removeAll(certain);
    }

    private void block(String rule, long shown) {
        if (blocked.isEmpty()) {
            blocked = Optional.of(rule);
            limit = shown;
        }
    }

    private void hidden() {
        switch (rules.hidden()) {
            case BLOCK -> block(Rules.HIDDEN, safe());
            case REPORT -> reported.add(Rules.HIDDEN);
            case OFF -> {}
        }
        decide(List.copyOf(open));
        runs.forEach(PatternRun::breakOff);
        state = Automaton.ROOT;
    }

    /** The text ends here. */
    void end() {
        if (half != 0) {
            char high = half;
            half = 0;
            codePoint(high, 1);
        }
        runs.forEach(PatternRun::end);
        if (gap == 0) {
            gap();
        }
        if (!open.isEmpty()) {
            open.removeIf(match -> allowed.stream().anyMatch(it -> it.holds(match)));
            decide(List.copyOf(open));
        }
        state = Automaton.ROOT;
        unseen = 0;
    }

    /** The text may be shown up to here, whatever comes. Never goes back. */
    long safe() {
        if (blocked.isPresent()) {
            return limit;
        }
        long safe = Math.min(place, first(automaton.holds(state)));
        if (unseen > 0 && unseen <= MOST_UNSEEN + 1 && rules.hidden() == Action.BLOCK) {
            safe = Math.min(safe, unseenFrom);
        }
        for (Found match : open) {
            safe = rules.action(match.topic()) == Action.BLOCK ? Math.min(safe, match.from()) : safe;
        }
        return blockingRun.isPresent() ? Math.min(safe, blockingRun.get().oldest()) : safe;
    }

    /** The category that ended it. */
    Optional<String> blocked() {
        return blocked;
    }

    /** Categories that are only reported and were found since the last call. */
    List<String> reported() {
        if (reported.isEmpty()) {
            return List.of();
        }
        List<String> now = List.copyOf(reported);
        reported.clear();
        return now;
    }

    /** Steps taken so far, for tests. */
    long work() {
        return work + runs.stream().mapToLong(PatternRun::work).sum();
    }
}
