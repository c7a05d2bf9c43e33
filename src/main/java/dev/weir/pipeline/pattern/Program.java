package dev.weir.pipeline.pattern;

import dev.weir.pipeline.pattern.Node.Any;
import dev.weir.pipeline.pattern.Node.Assertion;
import dev.weir.pipeline.pattern.Node.Choice;
import dev.weir.pipeline.pattern.Node.One;
import dev.weir.pipeline.pattern.Node.Repeated;
import dev.weir.pipeline.pattern.Node.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions as one nondeterministic automaton (Thompson, 1968) for {@link Threads}. Complete when the last was
 * added; from then on it can be shared.
 */
public final class Program {

    private static final int END = -1;

    /**
     * An instruction: one character, a place, a fork, or (with nothing of these) the end.
     *
     * @param next where it goes on; {@link #END} at the end
     * @param other the other way of a fork; {@link #END} for none
     * @param topic at the end, which expression was found
     */
    record Step(@Nullable CharSet set, @Nullable Assertion where, int next, int other, int topic) {
        boolean isEnd() {
            return set == null && where == null && next == END;
        }
    }

    /** Where an expression begins, and with what. */
    private record Entry(int at, CharSet first) {}

    private final Dialect dialect;
    private final int most;
    private final List<Step> steps = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private CharSet first = CharSet.empty();

    /** @param most the most steps of all expressions together: what a character of a text can cost */
    public Program(Dialect dialect, int most) {
        this.dialect = dialect;
        this.most = most;
    }

    /**
     * Adds an expression.
     *
     * @param topic comes back when it is found
     * @throws IllegalArgumentException with a sentence for the administrator, when it is none, too large, or finds the
     *     empty text; the program is then not to be used
     */
    public Program add(int topic, String expression) {
        Node node = Parser.parse(expression, dialect);
        // Made from the end to the beginning, so that each knows where it goes on; the last made comes first.
        int begin = compile(node, put(new Step(null, null, END, END, topic)));
        CharSet[] found = {CharSet.empty()};
        if (reach(begin, new BitSet(), found)) {
            throw new IllegalArgumentException(
                    "The expression finds the empty text, so it would find something everywhere.");
        }
        entries.add(new Entry(begin, found[0]));
        first = first.or(found[0]);
        return this;
    }

    /** What matches may begin with. */
    public CharSet first() {
        return first;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many steps all expressions have together. */
    public int size() {
        return steps.size();
    }

    Step step(int at) {
        return steps.get(at);
    }

    int entries() {
        return entries.size();
    }

    int entry(int index) {
        return entries.get(index).at();
    }

    /** Whether the expression at an entry may begin with this character. */
    boolean begins(int index, int c) {
        return entries.get(index).first().has(c);
    }

    boolean holds(Assertion where, int before, int after) {
        return where.holds(dialect.word(), before, after);
    }

    private int put(Step step) {
        if (steps.size() >= most) {
            throw new IllegalArgumentException("The expression is too large; use fewer or smaller repetitions.");
        }
        steps.add(step);
        return steps.size() - 1;
    }

    private int read(CharSet set, int next) {
        return put(new Step(set, null, next, END, 0));
    }

    private int fork(int next, int other) {
        return put(new Step(null, null, next, other, 0));
    }

    private int compile(Node node, int next) {
        return switch (node) {
            case One one -> read(one.set(), next);
            case Any any -> put(new Step(null, any.where(), next, END, 0));
            case Sequence sequence -> {
                int then = next;
                for (Node part : sequence.parts().reversed()) {
                    then = compile(part, then);
                }
                yield then;
            }
            case Choice choice -> {
                int then = compile(choice.choices().getLast(), next);
                for (int i = choice.choices().size() - 2; i >= 0; i--) {
                    then = fork(compile(choice.choices().get(i), next), then);
                }
                yield then;
            }
            case Repeated repeated -> repeat(repeated, next);
        };
    }

    private int repeat(Repeated repeated, int next) {
        int then = next;
        if (repeated.most() == Repeated.WITHOUT_END) {
            int fork = fork(next, next);
            steps.set(fork, new Step(null, null, compile(repeated.one(), fork), next, 0));
            then = fork;
        }
        for (int i = repeated.least(); i < repeated.most(); i++) {
            then = fork(compile(repeated.one(), then), next);
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
        Step step = steps.get(at);
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
