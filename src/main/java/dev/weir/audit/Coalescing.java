package dev.weir.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins texts of one branch that follow each other into one, as long as nothing else of that branch is between them. */
final class Coalescing {

    /** The most characters of a joined text. */
    static final int LONGEST = 32_768;

    private final List<Object> facts = new ArrayList<>();
    private final Map<String, Joined> open = new HashMap<>();

    private Coalescing() {}

    static List<Fact> of(List<Fact> all) {
        Coalescing joining = new Coalescing();
        all.forEach(joining::add);
        return joining.facts.stream()
                .map(it -> it instanceof Joined joined ? joined.fact() : (Fact) it)
                .toList();
    }

    private void add(Fact fact) {
        String branch = fact.place().branch();
        if (fact.kind() != Kind.TEXT) {
            open.remove(branch);
            facts.add(fact);
            return;
        }
        Joined joined = open.get(branch);
        if (joined == null || joined.text.length() + fact.text().length() > LONGEST) {
            joined = new Joined(fact);
            open.put(branch, joined);
            facts.add(joined);
        } else {
            joined.text.append(fact.text());
            joined.deltas += fact.amount();
        }
    }

    private static final class Joined {
        private final Fact first;
        private final StringBuilder text;
        private long deltas;

        Joined(Fact first) {
            this.first = first;
            this.text = new StringBuilder(first.text());
            this.deltas = first.amount();
        }

        Fact fact() {
            return first.with(text.toString(), deltas);
        }
    }
}
