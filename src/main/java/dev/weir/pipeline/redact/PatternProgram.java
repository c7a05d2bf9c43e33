package dev.weir.pipeline.redact;

import dev.weir.pipeline.redact.PatternNode.Any;
import dev.weir.pipeline.redact.PatternNode.Assertion;
import dev.weir.pipeline.redact.PatternNode.Choice;
import dev.weir.pipeline.redact.PatternNode.One;
import dev.weir.pipeline.redact.PatternNode.Repeated;
import dev.weir.pipeline.redact.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a nondeterministic automaton (Thompson, 1968): instructions, the first of which is where it
 * begins. Immutable.
 */
final class PatternProgram {

    /** The most instructions; the time for one character is at most in proportion to them. */
    static final int MOST = 1000;

    /**
     * An instruction: one character, a place, a fork, or (with nothing of these) the end.
     *
     * @param next where it goes on
     * @param other the other way of a fork; -1 for none
     */
    record Step(@Nullable CharSet set, @Nullable Assertion where, int next, int other) {
        boolean isEnd() {
            return set == null && where == null && next < 0;
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private final Step[] program;
    private final CharSet first;
    private final boolean mayBeEmpty;

    /**
     * @throws IllegalArgumentException with a sentence for the administrator, when it is none, too large, or finds the
     *     empty text
     */
    PatternProgram(String pattern) {
        PatternNode node = PatternParser.parse(pattern);
        // Made from the end to the beginning, so that each knows where it goes on; the last made comes first.
        int end = add(null, null, -1, -1);
        int begin = compile(node, end);
        program = steps.toArray(Step[]::new);
        Step entry = program[begin];
        BitSet seen = new BitSet();
        CharSet[] found = {CharSet.empty()};
        mayBeEmpty = reach(begin, seen, found);
        first = found[0];
        this.begin = begin;
        if (mayBeEmpty || entry.isEnd()) {
            throw new IllegalArgumentException(
                    "The expression finds the empty text, so it would find something everywhere.");
        }
    }

    private final int begin;

    int begin() {
        return begin;
    }

    int size() {
        return program.length;
    }

    Step step(int at) {
        return program[at];
    }

    /** What it may begin with. */
    CharSet first() {
        return first;
    }

    private int add(@Nullable CharSet set, @Nullable Assertion where, int next, int other) {
        if (steps.size() >= MOST) {
            throw new IllegalArgumentException("The expression is too large; use fewer or smaller repetitions.");
        }
        steps.add(new Step(set, where, next, other));
        return steps.size() - 1;
    }

    private int compile(PatternNode node, int next) {
        return switch (node) {
            case One one -> add(one.set(), null, next, -1);
            case Any any -> add(null, any.where(), next, -1);
            case Sequence sequence -> {
                int then = next;
                for (PatternNode part : sequence.parts().reversed()) {
                    then = compile(part, then);
                }
                yield then;
            }
            case Choice choice -> {
                int then = compile(choice.choices().getLast(), next);
                for (int i = choice.choices().size() - 2; i >= 0; i--) {
                    then = add(null, null, compile(choice.choices().get(i), next), then);
                }
                yield then;
            }
            case Repeated repeated -> repeat(repeated, next);
        };
    }

    private int repeat(Repeated repeated, int next) {
        int then = next;
        if (repeated.most() == Repeated.WITHOUT_END) {
            int fork = add(null, null, next, next);
            steps.set(fork, new Step(null, null, compile(repeated.one(), fork), next));
            then = fork;
        }
        for (int i = repeated.least(); i < repeated.most(); i++) {
            then = add(null, null, compile(repeated.one(), then), next);
        }
        for (int i = 0; i < repeated.least(); i++) {
            then = compile(repeated.one(), then);
        }
        return then;
    }

    /** Collects what can be read first from an instruction on; true when the end can be reached without reading. */
    private boolean reach(int at, BitSet seen, CharSet[] found) {
        if (at < 0 || seen.get(at)) {
            return false;
        }
        seen.set(at);
        Step step = program[at];
        CharSet set = step.set();
        if (set != null) {
            found[0] = found[0].or(set);
            return false;
        }
        boolean next = reach(step.next(), seen, found);
        boolean other = reach(step.other(), seen, found);
        return step.isEnd() || next || other;
    }
}
