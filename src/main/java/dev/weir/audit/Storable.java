package dev.weir.audit;

/** Texts as every database gives them back: what could come back otherwise would look like a change. */
final class Storable {

    /** The most UTF-16 characters of a field other than the text. */
    static final int LONGEST = 200;

    private static final char REPLACEMENT = '\uFFFD';

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
                text(fact.text()),
                fact.amount());
    }

    private static String field(String text) {
        return text(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    /** NUL and halves of surrogate pairs that stand alone become U+FFFD. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!fits(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder storable = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            if (!fits(text, i)) {
                storable.setCharAt(i, REPLACEMENT);
            }
        }
        return storable.toString();
    }

    private static boolean fits(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c != 0;
    }
}
