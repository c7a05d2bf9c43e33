package dev.weir.model.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words and samples that the demo models write with; read once from the resources beside this class. */
final class Texts {

    private static final Map<String, List<String>> PHRASES = phrases(lines("phrases.txt"));
    private static final Map<String, Term> GLOSSARY = glossary(lines("glossary.txt"));
    private static final Map<String, String> SAMPLES = samples(lines("samples.md"));

    private Texts() {}

    /** A term of the glossary: its usual spelling and what it means. */
    record Term(String name, String meaning) {}

    /** The entries of a section of {@code phrases.txt}. */
    static List<String> phrases(String section) {
        return PHRASES.getOrDefault(section, List.of());
    }

    static Optional<Term> term(String topic) {
        String key = topic.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(GLOSSARY.get(key))
                .or(() -> Optional.ofNullable(GLOSSARY.get(key.replaceAll("s$", ""))));
    }

    /** A fenced block of code, if there is one for this task in this language. */
    static Optional<String> sample(String task, String language) {
        return Optional.ofNullable(SAMPLES.get(task + " " + language));
    }

    private static Map<String, List<String>> phrases(List<String> lines) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("[")) {
                section = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                section.add(line);
            }
        }
        return Map.copyOf(sections);
    }

    private static Map<String, Term> glossary(List<String> lines) {
        Map<String, Term> terms = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                String[] names = line.substring(0, colon).split(", ", -1);
                Term term = new Term(names[0], line.substring(colon + 2));
                for (String name : names) {
                    terms.put(name.toLowerCase(Locale.ROOT), term);
                }
            }
        }
        return Map.copyOf(terms);
    }

    private static Map<String, String> samples(List<String> lines) {
        Map<String, StringBuilder> samples = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("## ")) {
                current = new StringBuilder();
                samples.put(line.substring(3), current);
            } else {
                current.append(line).append('\n');
            }
        }
        Map<String, String> whole = new LinkedHashMap<>();
        samples.forEach((name, sample) -> whole.put(name, sample.toString().strip()));
        return Map.copyOf(whole);
    }

    /** The lines of a resource beside this class. */
    static List<String> lines(String resource) {
        try (InputStream in = Texts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
