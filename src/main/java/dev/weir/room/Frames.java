package dev.weir.room;

import dev.weir.log.RoomHandle;
import java.util.Optional;

/** How a connection wants its frames. */
public enum Frames {
    /** As the log has them. */
    PLAIN,
    /** The texts of answers as complete blocks of Markdown. */
    MARKDOWN;

    /**
     * What a client asks for.
     *
     * @param word {@code markdown}, or nothing
     * @throws Refusal when there is no such thing
     */
    public static Frames of(Optional<String> word) {
        return switch (word.orElse("")) {
            case "" -> PLAIN;
            case "markdown" -> MARKDOWN;
            default ->
                throw new Refusal(
                        Refusal.Code.INVALID, "There are no such frames. Use frames=markdown, or leave it out.");
        };
    }

    /** For one connection. */
    public Framing of(RoomHandle room) {
        return this == MARKDOWN ? new MarkdownFraming(room::texts) : Framing.NONE;
    }
}
