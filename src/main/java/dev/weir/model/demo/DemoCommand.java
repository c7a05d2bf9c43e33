package dev.weir.model.demo;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt that asks for a certain behaviour rather than for an answer: {@code /demo stall}.
 *
 * @param words how many words {@code /demo long} is to write, 1 to {@link #MAX_WORDS}
 */
record DemoCommand(Kind kind, int words) {

    static final int MAX_WORDS = 20_000;

    private static final int WORDS = 600;
    private static final Pattern COMMAND = Pattern.compile(
            "^/demo(?:\\s+([a-z]+))?(?:\\s+(\\d{1,6}))?\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    enum Kind {
        /** No command: answer. */
        NONE,
        FAIL,
        STALL,
        CUT,
        SLOW,
        LONG,
        CODE,
        EMPTY,
        /** {@code /demo} alone, or with a word nobody knows: says what there is. */
        HELP
    }

    static DemoCommand of(String question) {
        Matcher matcher = COMMAND.matcher(question);
        if (!matcher.matches()) {
            return new DemoCommand(Kind.NONE, WORDS);
        }
        int words = matcher.group(2) == null ? WORDS : Integer.parseInt(matcher.group(2));
        return new DemoCommand(kind(matcher.group(1)), Math.clamp(words, 1, MAX_WORDS));
    }

    private static Kind kind(@org.jspecify.annotations.Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "fail" -> Kind.FAIL;
            case "stall" -> Kind.STALL;
            case "cut" -> Kind.CUT;
            case "slow" -> Kind.SLOW;
            case "long" -> Kind.LONG;
            case "code" -> Kind.CODE;
            case "empty" -> Kind.EMPTY;
            default -> Kind.HELP;
        };
    }

    /** The same without the trouble: what an answer is continued with once the trouble has been seen. */
    DemoCommand wellBehaved() {
        return switch (kind) {
            case FAIL, STALL, CUT, EMPTY -> new DemoCommand(Kind.NONE, words);
            default -> this;
        };
    }
}
