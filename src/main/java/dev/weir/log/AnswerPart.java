package dev.weir.log;

import dev.weir.event.Event;
import java.util.Optional;

/**
 * What has come of an answer since a reader last asked.
 *
 * @param text what was added; may be empty, and is when the answer has been cut shorter than what the reader has
 * @param ended whether nothing more will come
 * @param message the finished answer; empty while it is being written, and when another took its place before it was done
 */
public record AnswerPart(String text, boolean ended, Optional<Event.Message> message) {

    static final AnswerPart NOTHING = new AnswerPart("", false, Optional.empty());

    static AnswerPart of(Event.Message message, int from) {
        String text = message.text();
        return new AnswerPart(text.substring(Math.min(from, text.length())), true, Optional.of(message));
    }
}
