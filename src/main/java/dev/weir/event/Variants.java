package dev.weir.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The translations of one message, folded: parts that follow each other are one where they can be.
 *
 * @param byLanguage for each BCP 47 tag its parts, in order, without gaps
 */
public record Variants(Map<String, List<Part>> byLanguage) {

    public static final Variants NONE = new Variants(Map.of());

    public Variants {
        Map<String, List<Part>> copy = new LinkedHashMap<>();
        byLanguage.forEach((language, parts) -> copy.put(language, List.copyOf(parts)));
        byLanguage = Collections.unmodifiableMap(copy);
    }

    /**
     * A part of the text.
     *
     * @param from where it begins, in UTF-16 characters
     * @param to where it ends
     * @param text what stands for it; empty when it stands as it is
     * @param original true when it should have been translated and was not
     */
    public record Part(int from, int to, String text, boolean original) {

        private boolean joins(Part next) {
            return to == next.from && original == next.original && text.isEmpty() == next.text.isEmpty();
        }
    }

    public boolean isEmpty() {
        return byLanguage.isEmpty();
    }

    /** Up to where the text has been translated into a language; 0 when it has not. */
    public int until(String language) {
        List<Part> parts = byLanguage.getOrDefault(language, List.of());
        return parts.isEmpty() ? 0 : parts.getLast().to();
    }

    /** UTF-16 characters of all translations together. */
    public long characters() {
        return byLanguage.values().stream()
                .flatMap(List::stream)
                .mapToLong(it -> it.text.length())
                .sum();
    }

    /** Folds events as they come. Not thread-safe. */
    public static final class Fold {
        private final Map<String, List<Part>> parts = new LinkedHashMap<>();

        public Fold() {}

        public Fold(Variants before) {
            before.byLanguage.forEach((language, known) -> parts.put(language, new ArrayList<>(known)));
        }

        public void add(Event.Variant variant) {
            parts.computeIfAbsent(variant.language(), it -> new ArrayList<>())
                    .add(new Part(variant.from(), variant.to(), variant.text(), variant.original()));
        }

        public void addAll(Variants more) {
            more.byLanguage.forEach((language, known) ->
                    parts.computeIfAbsent(language, it -> new ArrayList<>()).addAll(known));
        }

        /** Of the text only so many characters stay: what translates any of the others goes. */
        public void keep(int characters) {
            parts.values().forEach(it -> it.removeIf(part -> part.to > characters));
            parts.values().removeIf(List::isEmpty);
        }

        public Variants folded() {
            if (parts.isEmpty()) {
                return NONE;
            }
            Map<String, List<Part>> folded = new LinkedHashMap<>();
            parts.forEach((language, known) -> folded.put(language, joined(known)));
            return new Variants(folded);
        }

        private static List<Part> joined(List<Part> known) {
            List<Part> joined = new ArrayList<>();
            for (int i = 0; i < known.size(); ) {
                Part first = known.get(i);
                StringBuilder text = new StringBuilder(first.text);
                int to = first.to;
                for (i++; i < known.size() && known.get(i - 1).joins(known.get(i)); i++) {
                    text.append(known.get(i).text);
                    to = known.get(i).to;
                }
                joined.add(new Part(first.from, to, text.toString(), first.original));
            }
            return joined;
        }
    }
}
