package dev.weir.model.demo;

import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * A demonstration model. An answer depends on the conversation, the persona and one of {@link Author#VARIANTS} variants,
 * so that asking again gives other words, and any node can go on from a partial text by finding the variant it
 * came from.
 */
public final class DemoModel implements StreamingModel {

    private final ModelSpec spec;
    private final Persona persona;
    private final Duration pace;
    private final IntSupplier variants;

    /**
     * Writes in varying words.
     *
     * @param pace the time between two deltas; zero: as fast as they are taken
     */
    public DemoModel(ModelSpec spec, Persona persona, Duration pace) {
        this(spec, persona, pace, () -> ThreadLocalRandom.current().nextInt(Author.VARIANTS));
    }

    DemoModel(ModelSpec spec, Persona persona, Duration pace, IntSupplier variants) {
        this.spec = spec;
        this.persona = persona;
        this.pace = pace;
        this.variants = variants;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public Upstream ask(Prompt prompt, Listener listener) {
        DemoAnswer answer = new DemoAnswer(
                spec, pace, pace.multipliedBy(persona.pausesBeforeFirst()), listener, Conversation.of(prompt));
        answer.start(new Author(persona), variants.getAsInt());
        return answer;
    }
}
