package dev.weir.pipeline.safety;

import dev.weir.pipeline.pattern.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is looked for, compiled: the categories with what is done about each, their terms and patterns, and the phrases
 * that excuse. Immutable; shared by all answers of one configuration.
 */
final class Rules {

    /** The rule for text that hides in characters nobody sees. */
    static final String HIDDEN = "hidden-text";

    private final List<String> topics;
    private final List<Action> actions;
    private final Automaton automaton;
    private final Program blocking = new Program(PatternRun.DIALECT, PatternRun.MOST_STEPS);
    private final Program reporting = new Program(PatternRun.DIALECT, PatternRun.MOST_STEPS);
    private final Action hidden;

    /**
     * Compiles them.
     *
     * @param actions of the categories that are known
     * @param otherwise of those that only the entries name
     * @throws IllegalArgumentException when an entry can't be understood; the message names it
     */
    Rules(Map<String, Action> actions, Action otherwise, List<Entry> entries) {
        Map<String, Action> all = new LinkedHashMap<>(actions);
        entries.stream()
                .filter(it -> it.kind() != Entry.Kind.ALLOW)
                .forEach(it -> all.putIfAbsent(it.category(), otherwise));
        this.topics = List.copyOf(all.keySet());
        this.actions = List.copyOf(all.values());
        this.hidden = all.getOrDefault(HIDDEN, otherwise);
        List<Term> terms = new ArrayList<>();
        entries.forEach(it -> compile(it, terms));
        this.automaton = new Automaton(terms, it -> this.actions.get(it) == Action.BLOCK);
    }

    /**
     * Compiles entries for nothing but to see whether they can be.
     *
     * @throws IllegalArgumentException when one can't be understood; the message names it
     */
    static void check(List<Entry> entries) {
        Rules compiled = new Rules(Map.of(), Action.BLOCK, entries);
        assert compiled.blocks();
    }

    private void compile(Entry entry, List<Term> terms) {
        try {
            int topic = topics.indexOf(entry.category());
            switch (entry.kind()) {
                case ALLOW -> terms.add(Term.of(Term.ALLOWED, entry.text()));
                case TERM -> {
                    if (actions.get(topic) != Action.OFF) {
                        terms.addAll(Term.of(topic, entry.text()).spellings());
                    }
                }
                case PATTERN -> compilePattern(topic, entry.text());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("“" + entry.text() + "” " + e.getMessage(), e);
        }
    }

    private void compilePattern(int topic, String pattern) {
        if (actions.get(topic) == Action.OFF) {
            return;
        }
        try {
            (actions.get(topic) == Action.BLOCK ? blocking : reporting).add(topic, pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("can't be used as a pattern: " + e.getMessage(), e);
        }
    }

    /** True when something that is found can end a branch, so that text must be held. */
    boolean blocks() {
        return actions.contains(Action.BLOCK) || hidden == Action.BLOCK;
    }

    String name(int topic) {
        return topics.get(topic);
    }

    Action action(int topic) {
        return actions.get(topic);
    }

    Automaton automaton() {
        return automaton;
    }

    Program blocking() {
        return blocking;
    }

    Program reporting() {
        return reporting;
    }

    Action hidden() {
        return hidden;
    }
}
