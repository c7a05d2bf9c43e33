package dev.weir.pipeline.safety;

import dev.weir.event.Usage;
import java.util.function.Consumer;

/** Where judges come from. */
public interface Judges {

    /**
     * The judge that a configuration names.
     *
     * @param spent is told what each judgement has used, on any thread
     * @throws IllegalArgumentException when there is none like that; the message says what to do
     */
    Judge of(By by, Consumer<Usage> spent);

    /** How a judge works. */
    enum Way {
        /** A chat model is asked with a rubric. */
        RUBRIC,
        /** The provider's own moderation is asked. */
        MODERATION
    }

    /**
     * Who judges, and by what.
     *
     * @param model a name in the catalogue; for {@link Way#MODERATION} the one whose provider and key are used
     * @param moderationModel the provider's name of the moderation model
     * @param rubric what counts, for a chat model
     */
    record By(Way way, String model, String moderationModel, String rubric) {}
}
