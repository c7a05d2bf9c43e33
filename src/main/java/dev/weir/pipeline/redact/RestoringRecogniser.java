package dev.weir.pipeline.redact;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Finds the pseudonyms that a prompt was given, in any case, so that they can be turned back. */
final class RestoringRecogniser implements Recogniser {

    private static final Rule RULE = new Rule("restored", Action.RESTORE, Integer.MIN_VALUE);

    private final NavigableMap<String, String> values;

    /**
     * @param values by pseudonym
     */
    RestoringRecogniser(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /** What a pseudonym stands for. */
    String value(String pseudonym) {
        return values.getOrDefault(pseudonym.toLowerCase(Locale.ROOT), pseudonym);
    }

    private boolean isBegin(String text) {
        String first = values.ceilingKey(text);
        return first != null && first.startsWith(text);
    }

    @Override
    public boolean begins(char c) {
        return c < 128 && isBegin(String.valueOf(Character.toLowerCase(c)));
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private final class Machine extends Scan {

        private int from = NONE;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            if (from != NONE) {
                from = goesOn(from, at) ? from : NONE;
            }
            if (from == NONE && begins(c) && !Ascii.isLetterOrDigit(window.at(at - 1))) {
                from = goesOn(at, at) ? at : NONE;
            }
            return from != NONE;
        }

        private boolean goesOn(int begin, int at) {
            String text = window.text(begin, at + 1).toLowerCase(Locale.ROOT);
            if (values.containsKey(text)) {
                findings.found(RULE, begin, at + 1);
                return false;
            }
            return isBegin(text);
        }

        @Override
        void end(int at) {
            from = NONE;
        }

        @Override
        int undecidedFrom() {
            return from;
        }
    }
}
