package dev.weir.pipeline.redact;

import dev.weir.pipeline.pattern.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An organisation's own recognisers, one on each line: {@code name; option: value; … = expression}. Options are {@code
 * checksum} ({@code luhn}, {@code mod97}, {@code mod11}), {@code context} (words with commas between them, one of which must
 * stand at most {@value ContextWords#REACH} characters before), and {@code action}. Empty lines, and lines that begin with
 * {@code #}, don't count.
 */
final class CustomRecognisers {

    static final int MOST = 16;
    private static final int LONGEST_LINE = 2000;
    private static final Map<String, Predicate<String>> CHECKSUMS =
            Map.of("luhn", Checksums::luhn, "mod97", Checksums::mod97, "mod11", Checksums::mod11);

    private CustomRecognisers() {}

    /** A recogniser as it is written. */
    record Custom(Rule rule, Program program, List<String> context, Optional<Predicate<String>> check) {}

    /**
     * @throws IllegalArgumentException with a sentence for the administrator that names the line
     */
    static List<Custom> read(String lines) {
        List<Custom> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = 0;
        for (String line : lines.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Custom custom = numbered(number, line, all.size());
                if (!names.add(custom.rule().name())) {
                    throw new IllegalArgumentException("Line " + number + ": there is a recogniser "
                            + custom.rule().name() + " already. Give it another name.");
                }
                all.add(custom);
            }
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    "There are " + all.size() + " recognisers; the most is " + MOST + ". Put some together with |.");
        }
        return all;
    }

    private static Custom numbered(int number, String line, int index) {
        try {
            return one(line, index - MOST);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Line " + number + ": " + e.getMessage(), e);
        }
    }

    private static Custom one(String line, int priority) {
        int equals = line.indexOf(" = ");
        if (equals < 0 || line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "A recogniser is written as: name = expression, or with options as: name;"
                            + " checksum: luhn; context: order, invoice; action: mask = expression.");
        }
        List<String> head = Arrays.stream(line.substring(0, equals).split(";"))
                .map(String::strip)
                .toList();
        String name = head.getFirst();
        if (!name.matches("[a-z][a-z0-9-]{0,39}")
                || Arrays.stream(Entity.values()).anyMatch(it -> it.key().equals(name))) {
            throw new IllegalArgumentException("\"" + name + "\" can't be its name: it takes small letters, digits and"
                    + " hyphens, begins with a letter, and is none of the built-in kinds.");
        }
        Program program = PatternRecogniser.program(line.substring(equals + 3).strip());
        Action action = Action.LABEL;
        List<String> context = List.of();
        Optional<Predicate<String>> check = Optional.empty();
        for (String option : head.subList(1, head.size())) {
            String value = option.substring(option.indexOf(':') + 1).strip();
            switch (option.substring(0, Math.max(0, option.indexOf(':'))).strip()) {
                case "action" -> action = action(value);
                case "context" -> context = context(value);
                case "checksum" -> check = Optional.of(checksum(value));
                default ->
                    throw new IllegalArgumentException(
                            "\"" + option + "\" is no option; there are checksum:, context: and action:.");
            }
        }
        return new Custom(new Rule(name, action, priority), program, context, check);
    }

    private static Action action(String word) {
        return Action.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + word + "\" is no action; use label, mask, pseudonym, block, report or off."));
    }

    private static List<String> context(String words) {
        List<String> all = Arrays.stream(words.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        if (all.isEmpty() || all.stream().anyMatch(it -> it.length() > ContextWords.LONGEST)) {
            throw new IllegalArgumentException("Context words have 1 to 40 characters, with commas between them.");
        }
        return all;
    }

    private static Predicate<String> checksum(String word) {
        Predicate<String> check = CHECKSUMS.get(word);
        if (check == null) {
            throw new IllegalArgumentException("\"" + word + "\" is no checksum; use luhn, mod97 or mod11.");
        }
        return check;
    }
}
