package dev.weir.pipeline.safety;

import dev.weir.pipeline.Line;
import dev.weir.pipeline.Setting;
import java.util.List;
import java.util.Locale;

/** Which lines of a prompt are looked at. */
enum PromptPart {
    /** What the user said last. */
    NEWEST,
    /** Every line: the whole conversation, what tools gave back, instructions. */
    ALL,
    /** None. */
    NONE;

    static final String KEY = "prompts";

    static Setting setting() {
        return Setting.choice(
                KEY,
                NEWEST.word(),
                "Which prompts are looked at: the user's newest message, all lines, or none",
                NEWEST.word(),
                ALL.word(),
                NONE.word());
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static PromptPart of(String word) {
        try {
            return valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "“" + word + "” is nothing that prompts can be; write newest, all or none.", e);
        }
    }

    /** The texts of a prompt that are looked at. */
    List<String> of(List<Line> lines) {
        return switch (this) {
            case NONE -> List.of();
            case ALL -> lines.stream().map(Line::text).toList();
            case NEWEST -> newest(lines);
        };
    }

    /** A message can have several parts, each a line of its own. */
    private static List<String> newest(List<Line> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).speaker() != Line.Speaker.USER) {
            end--;
        }
        int begin = end;
        while (begin > 0 && lines.get(begin - 1).speaker() == Line.Speaker.USER) {
            begin--;
        }
        return lines.subList(begin, end).stream().map(Line::text).toList();
    }
}
