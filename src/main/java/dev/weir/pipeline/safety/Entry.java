package dev.weir.pipeline.safety;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a list.
 *
 * @param category lower case, words joined by hyphens; empty for a phrase that excuses
 */
record Entry(Kind kind, String category, String text) {

    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9-]{0,39})\\s*:\\s*(\\S.*)");

    /** What a line holds. */
    enum Kind {
        TERM,
        PATTERN,
        ALLOW
    }

    /**
     * Reads lines, {@code category: text} each, or only the text for phrases that excuse; empty ones and those that begin
     * with # say nothing.
     *
     * @throws IllegalArgumentException when a line lacks its category; the message names it
     */
    static List<Entry> read(Kind kind, String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(it -> !it.isEmpty() && !it.startsWith("#"))
                .map(it -> kind == Kind.ALLOW ? new Entry(kind, "", it) : withCategory(kind, it))
                .toList();
    }

    private static Entry withCategory(Kind kind, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "“" + line + "” has no category: write it like “violence: the words”, in lower case.");
        }
        return new Entry(kind, matcher.group(1), matcher.group(2));
    }
}
