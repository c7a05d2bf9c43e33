package dev.weir.room;

import dev.weir.budget.rate.Rate;
import dev.weir.event.Cursor;
import dev.weir.model.StreamingModel;
import java.util.Optional;

/**
 * A question that brings its whole conversation along, as programs ask.
 *
 * @param text what the room shows as the caller's message
 * @param model the catalogue's name of the model; empty for the room's own
 * @param prompt what is sent to the model
 */
public record Completion(String text, String model, StreamingModel.Prompt prompt) {

    /**
     * The turn that answers it.
     *
     * @param branch the answer
     * @param cursor where a reader of the room's log begins to see the question and its answer
     * @param begun the cursor after the turn's announcement
     * @param rate how fast the caller asks; empty when that is not limited
     */
    public record Begun(
            Room room, String turn, String branch, String model, Cursor cursor, Cursor begun, Optional<Rate> rate) {}
}
