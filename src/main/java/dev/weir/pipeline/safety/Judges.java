package dev.weir.pipeline.safety;

/** Where judges come from. */
public interface Judges {

    /**
     * The judge that a configuration names.
     *
     * @throws IllegalArgumentException when there is none like that; the message says what to do
     */
    Judge of(By by);

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
