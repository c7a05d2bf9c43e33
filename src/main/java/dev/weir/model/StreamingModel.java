package dev.weir.model;

import java.util.List;

/** A model that can be asked, and that answers as a stream. Safe to use from many threads. */
public interface StreamingModel {

    ModelSpec spec();

    /**
     * Starts an answer and returns at once; never throws for what the provider does. The listener is called on the
     * model's own thread, one call at a time; it may block, and the model then reads no further.
     */
    Upstream ask(Prompt prompt, Listener listener);

    /**
     * What is sent to the model.
     *
     * @param lines the conversation in order. The last is the user's, or an assistant's text to be continued
     */
    record Prompt(List<Line> lines) {
        public Prompt {
            lines = List.copyOf(lines);
        }

        /** One line of the conversation. */
        public record Line(Role role, String text) {}

        /** Who speaks. */
        public enum Role {
            SYSTEM,
            USER,
            ASSISTANT
        }
    }

    /** Hears an answer: any number of deltas, then exactly one of {@link #finished} and {@link #failed}. */
    interface Listener {

        /** A fragment as the provider sent it; never empty. */
        void delta(String text);

        void finished(Finish finish);

        void failed(ModelFailure failure);
    }

    /** An answer under way. */
    interface Upstream {

        /**
         * Closes the connection to the provider, so that it stops generating. May be called at any time, from any
         * thread, more than once. The listener hears nothing more, except a call that is already running.
         */
        void cancel();
    }
}
