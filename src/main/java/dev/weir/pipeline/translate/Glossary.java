package dev.weir.pipeline.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How an organisation wants its terms translated: a line each, {@code term = translation}, or {@code fr: term =
 * translation} for one language only. Lines that are neither, and those that begin with {@code #}, do nothing.
 */
final class Glossary {

    /** More lines than this are not read. */
    private static final int MOST = 2000;

    private final List<Line> lines;

    private record Line(String language, String key, Translator.Term term) {}

    private Glossary(List<Line> lines) {
        this.lines = lines;
    }

    static Glossary of(String text) {
        return new Glossary(text.lines()
                .limit(MOST)
                .map(String::strip)
                .filter(it -> !it.startsWith("#"))
                .flatMap(it -> line(it).stream())
                .toList());
    }

    private static List<Line> line(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            return List.of();
        }
        String left = text.substring(0, equals).strip();
        String translation = text.substring(equals + 1).strip();
        int colon = left.indexOf(':');
        boolean tagged = colon > 0 && colon <= 20 && left.substring(0, colon).matches("[A-Za-z]{2,3}(-[A-Za-z0-9]+)*");
        String term = tagged ? left.substring(colon + 1).strip() : left;
        if (term.isEmpty() || translation.isEmpty()) {
            return List.of();
        }
        String language = tagged ? left.substring(0, colon).toLowerCase(Locale.ROOT) : "";
        return List.of(new Line(language, term.toLowerCase(Locale.ROOT), new Translator.Term(term, translation)));
    }

    /** The terms that occur in this text, for this language. */
    List<Translator.Term> terms(String text, String language) {
        if (lines.isEmpty()) {
            return List.of();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        List<Translator.Term> found = new ArrayList<>();
        for (Line line : lines) {
            if (isFor(line, language) && lower.contains(line.key())) {
                found.add(line.term());
            }
        }
        return found;
    }

    private static boolean isFor(Line line, String language) {
        String wanted = language.toLowerCase(Locale.ROOT);
        return line.language().isEmpty() || wanted.equals(line.language()) || wanted.startsWith(line.language() + "-");
    }
}
