package dev.weir.audit;

import dev.weir.event.StorableText;

/** Texts as every database gives them back: what could come back otherwise would look like a change. */
final class Storable {

    /** The most UTF-16 characters of a field other than the text. */
    static final int LONGEST = 200;

    private Storable() {}

    static Fact of(Fact fact) {
        return new Fact(
                fact.atMillis(),
                fact.kind(),
                new Who(field(fact.who().user()), field(fact.who().organisation())),
                new Where(
                        field(fact.place().room()),
                        field(fact.place().turn()),
                        field(fact.place().branch()),
                        field(fact.place().model())),
                field(fact.action()),
                field(fact.subject()),
                StorableText.of(fact.text()),
                fact.amount());
    }

    private static String field(String text) {
        return StorableText.of(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }
}
