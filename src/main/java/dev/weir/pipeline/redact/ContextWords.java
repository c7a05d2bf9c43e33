package dev.weir.pipeline.redact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Words that must stand shortly before something for it to count, found by one automaton for all of them (Aho and
 * Corasick, 1975). They begin at the beginning of a word and may go on: {@code birth} finds {@code birthday}. Case does
 * not count. Immutable once built.
 */
final class ContextWords {

    /** A group that is always near. */
    static final int ANY = -1;

    /** At most so many characters lie between a context word and what it is about. */
    static final int REACH = 40;

    /** The most characters of one. */
    static final int LONGEST = 40;

    private static final int[] NOTHING = {};

    private final Map<Character, Integer> columns = new HashMap<>();
    private final int[] ascii = new int[128];
    private final int[][] next;

    /** For each state the words that end there: group and length in turn. */
    private final int[][] ends;

    private final int groups;

    /** Collects words by group. */
    static final class Builder {
        private final List<List<String>> groups = new ArrayList<>();

        /** Adds words that stand for the same thing and gives their group; {@link #ANY} without words. */
        int group(List<String> words) {
            if (words.isEmpty()) {
                return ANY;
            }
            groups.add(List.copyOf(words));
            return groups.size() - 1;
        }

        ContextWords build() {
            return new ContextWords(groups);
        }
    }

    private ContextWords(List<List<String>> groups) {
        this.groups = groups.size();
        groups.forEach(words -> words.forEach(word -> fold(word).chars().forEach(it -> column((char) it))));
        for (int c = 0; c < 128; c++) {
            ascii[c] = columns.getOrDefault(Character.toLowerCase((char) c), 0);
        }
        List<int[]> trie = new ArrayList<>();
        List<int[]> found = new ArrayList<>();
        node(trie, found);
        for (int group = 0; group < groups.size(); group++) {
            for (String word : groups.get(group)) {
                insert(trie, found, fold(word), group);
            }
        }
        link(trie, found);
        next = trie.toArray(int[][]::new);
        ends = found.toArray(int[][]::new);
    }

    private static String fold(String word) {
        StringBuilder folded = new StringBuilder();
        word.strip().chars().forEach(it -> folded.append(Character.toLowerCase((char) it)));
        return folded.toString();
    }

    private void column(char c) {
        columns.putIfAbsent(c, columns.size() + 1);
    }

    private void node(List<int[]> trie, List<int[]> found) {
        trie.add(new int[columns.size() + 1]);
        found.add(NOTHING);
    }

    private void insert(List<int[]> trie, List<int[]> found, String word, int group) {
        int state = 0;
        for (int i = 0; i < word.length(); i++) {
            int column = columns.getOrDefault(word.charAt(i), 0);
            if (trie.get(state)[column] == 0) {
                node(trie, found);
                trie.get(state)[column] = trie.size() - 1;
            }
            state = trie.get(state)[column];
        }
        found.set(state, joined(found.get(state), new int[] {group, word.length()}));
    }

    private static int[] joined(int[] some, int[] more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** Turns the trie into an automaton: where a word does not go on, the longest end of it that is a beginning does. */
    private static void link(List<int[]> trie, List<int[]> found) {
        int[] fallback = new int[trie.size()];
        Queue<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int state = open.remove();
            int[] row = trie.get(state);
            for (int column = 0; column < row.length; column++) {
                int instead = state == 0 ? 0 : trie.get(fallback[state])[column];
                int child = row[column];
                if (child == 0) {
                    row[column] = instead;
                } else {
                    fallback[child] = instead;
                    found.set(child, joined(found.get(child), found.get(instead)));
                    open.add(child);
                }
            }
        }
    }

    Seen open(Window window) {
        return new Seen(window);
    }

    /** What came of them in one text. */
    final class Seen {
        private final Window window;
        private final int[] last = new int[groups];
        private int state;

        private Seen(Window window) {
            this.window = window;
            Arrays.fill(last, Integer.MIN_VALUE);
        }

        void next(char c, int at) {
            if (next.length == 1) {
                return;
            }
            state = next[state][c < 128 ? ascii[c] : columns.getOrDefault(Character.toLowerCase(c), 0)];
            int[] here = ends[state];
            for (int i = 0; i < here.length; i += 2) {
                if (!Character.isLetter(window.at(at - here[i + 1]))) {
                    last[here[i]] = at;
                }
            }
        }

        /** True when a word of the group ended at most {@link #REACH} characters before that position. */
        boolean near(int group, int at) {
            return group == ANY || (last[group] != Integer.MIN_VALUE && at - last[group] <= REACH);
        }
    }
}
