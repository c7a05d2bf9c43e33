package dev.weir.pipeline.safety;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * All terms of one configuration in one Aho-Corasick automaton over classes of characters: a step for each character of
 * the text, whatever it is and however many terms there are (each step follows failure links that earlier steps have
 * paid for). Immutable once built; shared by all answers.
 */
final class Automaton {

    static final int ROOT = 0;

    private final List<Term> terms = new ArrayList<>();
    private int[] depth = new int[1024];
    private int[] fail = new int[1024];
    private int[] link = new int[1024];
    private int[] holds = new int[1024];
    private int[] excuses = new int[1024];
    private List<List<Integer>> ends = new ArrayList<>();
    private final int[] first = new int[128];
    private long[] keys = new long[4096];
    private int[] targets = new int[4096];
    private int edges;
    private int longest;

    /**
     * @param blocks whether text must be held that can still become a term of this topic
     */
    Automaton(List<Term> all, IntPredicate blocks) {
        ends.add(List.of());
        for (Term term : all) {
            insert(term, term.topic() != Term.ALLOWED && blocks.test(term.topic()));
        }
        link();
    }

    private void insert(Term term, boolean blocks) {
        int at = ROOT;
        for (int c : term.characters()) {
            int symbol = Likeness.classOf(c);
            int next = edge(at, symbol);
            if (next < 0) {
                next = newState(depth[at] + 1);
                put(at, symbol, next);
            }
            at = next;
            if (blocks) {
                holds[at] = depth[at];
            }
            if (term.topic() == Term.ALLOWED) {
                excuses[at] = depth[at];
            }
        }
        List<Integer> here = new ArrayList<>(ends.get(at));
        here.add(terms.size());
        ends.set(at, here);
        terms.add(term);
        longest = Math.max(longest, depth[at]);
    }

    private int newState(int atDepth) {
        int state = ends.size();
        if (state == depth.length) {
            depth = Arrays.copyOf(depth, 2 * state);
            fail = Arrays.copyOf(fail, 2 * state);
            link = Arrays.copyOf(link, 2 * state);
            holds = Arrays.copyOf(holds, 2 * state);
            excuses = Arrays.copyOf(excuses, 2 * state);
        }
        depth[state] = atDepth;
        ends.add(List.of());
        return state;
    }

    /** Breadth first: where to go on when a character does not fit, and what ends there as well. */
    private void link() {
        int[][] children = children();
        Deque<Integer> queue = new ArrayDeque<>(List.of(ROOT));
        while (!queue.isEmpty()) {
            int parent = queue.remove();
            int[] edgesOf = children[parent];
            for (int i = 0; i < edgesOf.length; i += 2) {
                int child = edgesOf[i + 1];
                fail[child] = parent == ROOT ? ROOT : step(fail[parent], edgesOf[i]);
                link[child] = ends.get(fail[child]).isEmpty() ? link[fail[child]] : fail[child];
                holds[child] = Math.max(holds[child], holds[fail[child]]);
                excuses[child] = Math.max(excuses[child], excuses[fail[child]]);
                queue.add(child);
            }
        }
    }

    private int[][] children() {
        List<List<Integer>> lists = new ArrayList<>();
        ends.forEach(it -> lists.add(new ArrayList<>()));
        for (int i = 0; i < keys.length; i++) {
            if (targets[i] != 0) {
                lists.get((int) (keys[i] >>> 21)).addAll(List.of((int) (keys[i] & 0x1FFFFF), targets[i]));
            }
        }
        return lists.stream()
                .map(it -> it.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The state after one more character, given by its class. */
    int step(int from, int symbol) {
        int state = from;
        while (true) {
            int next = edge(state, symbol);
            if (next >= 0) {
                return next;
            }
            if (state == ROOT) {
                return ROOT;
            }
            state = fail[state];
        }
    }

    private int edge(int state, int symbol) {
        if (state == ROOT && symbol < first.length) {
            return first[symbol] == 0 ? -1 : first[symbol];
        }
        long key = ((long) state << 21) | symbol;
        int slot = slot(key, keys.length);
        while (targets[slot] != 0) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return -1;
    }

    private void put(int state, int symbol, int next) {
        if (state == ROOT && symbol < first.length) {
            first[symbol] = next;
        }
        if (++edges * 2 > keys.length) {
            grow();
        }
        place(((long) state << 21) | symbol, next);
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        keys = new long[2 * oldKeys.length];
        targets = new int[2 * oldTargets.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldTargets[i] != 0) {
                place(oldKeys[i], oldTargets[i]);
            }
        }
    }

    private void place(long key, int target) {
        int slot = slot(key, keys.length);
        while (targets[slot] != 0) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
    }

    private static int slot(long key, int size) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (size - 1);
    }

    /** The first state, from this one on along the failure links, at which a term ends; {@link #ROOT} for none. */
    int firstEnd(int state) {
        return ends.get(state).isEmpty() ? link[state] : state;
    }

    int nextEnd(int state) {
        return link[state];
    }

    /** The terms that end here, by index. */
    List<Integer> ends(int state) {
        return ends.get(state);
    }

    Term term(int index) {
        return terms.get(index);
    }

    /** How many of the last characters can still become a term that blocks; 0 for none. */
    int holds(int state) {
        return holds[state];
    }

    /** How many of the last characters can still become a phrase that excuses; 0 for none. */
    int excuses(int state) {
        return excuses[state];
    }

    /** The most characters of a term, its gaps included. */
    int longest() {
        return longest;
    }
}
