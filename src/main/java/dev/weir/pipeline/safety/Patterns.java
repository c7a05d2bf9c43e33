package dev.weir.pipeline.safety;

import dev.weir.pipeline.safety.PatternParser.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Several regular expressions as one program for {@link PatternRun}: a Thompson automaton. Immutable once built; shared by
 * all answers.
 */
final class Patterns {

    /** The most instructions of a program: the most that one character of a text can cost. */
    static final int MOST = 4000;

    /** What an instruction does. */
    enum Op {
        CHARACTER,
        FORK,
        BOUNDARY,
        MATCH
    }

    private static final IntPredicate NONE = it -> false;

    /** For {@link Op#FORK} both ways, for {@link Op#MATCH} the topic; the others go on with the next instruction. */
    private record Instruction(Op op, IntPredicate fits, int left, int right) {}

    private final List<Instruction> code = new ArrayList<>();
    private int[] entries = {};

    /**
     * Adds a pattern.
     *
     * @throws IllegalArgumentException when it is none, or all together get too large
     */
    void add(int topic, String pattern) {
        Node node = PatternParser.parse(pattern);
        entries = Arrays.copyOf(entries, entries.length + 1);
        entries[entries.length - 1] = code.size();
        emit(node);
        put(new Instruction(Op.MATCH, NONE, topic, topic));
    }

    private int put(Instruction instruction) {
        if (code.size() == MOST) {
            throw new IllegalArgumentException("makes the patterns too large together; shorten its {n} or some others");
        }
        code.add(instruction);
        return code.size() - 1;
    }

    private void emit(Node node) {
        switch (node) {
            case Node.One one -> put(new Instruction(Op.CHARACTER, one.fits(), 0, 0));
            case Node.Boundary ignored -> put(new Instruction(Op.BOUNDARY, NONE, 0, 0));
            case Node.Row row -> row.parts().forEach(this::emit);
            case Node.Either either -> either(either.parts());
            case Node.Times times -> times(times);
        }
    }

    private void either(List<Node> parts) {
        List<Integer> jumps = new ArrayList<>();
        for (Node part : parts.subList(0, parts.size() - 1)) {
            int fork = put(fork(0, 0));
            emit(part);
            jumps.add(put(fork(0, 0)));
            code.set(fork, fork(fork + 1, code.size()));
        }
        emit(parts.getLast());
        jumps.forEach(it -> code.set(it, fork(code.size(), code.size())));
    }

    private void times(Node.Times times) {
        for (int i = 0; i < times.least(); i++) {
            emit(times.part());
        }
        if (times.most() == Integer.MAX_VALUE) {
            int fork = put(fork(0, 0));
            emit(times.part());
            put(fork(fork, fork));
            code.set(fork, fork(fork + 1, code.size()));
        } else {
            List<Integer> forks = new ArrayList<>();
            for (int i = times.least(); i < times.most(); i++) {
                forks.add(put(fork(0, 0)));
                emit(times.part());
            }
            forks.forEach(it -> code.set(it, fork(it + 1, code.size())));
        }
    }

    private static Instruction fork(int left, int right) {
        return new Instruction(Op.FORK, NONE, left, right);
    }

    boolean isEmpty() {
        return entries.length == 0;
    }

    int size() {
        return code.size();
    }

    /** Where each pattern begins; not to be changed. */
    int[] entries() {
        return entries;
    }

    Op op(int at) {
        return code.get(at).op();
    }

    boolean fits(int at, int c) {
        return code.get(at).fits().test(c);
    }

    int left(int at) {
        return code.get(at).left();
    }

    int right(int at) {
        return code.get(at).right();
    }
}
