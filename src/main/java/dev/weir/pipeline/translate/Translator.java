package dev.weir.pipeline.translate;

import dev.weir.event.Usage;
import java.util.List;
import java.util.Optional;

/** Translates sentences. Thread-safe. */
public interface Translator {

    /**
     * Asks for a translation and returns at once. Never throws for what the model does.
     *
     * @param listener is told once, on any thread, perhaps before this returns; not after {@link Call#cancel}, except by a
     *     call that is already running
     */
    Call translate(Request request, Listener listener);

    /**
     * What is asked.
     *
     * @param model its name in the catalogue
     * @param language a BCP 47 tag
     * @param text one sentence; what must come back unchanged stands in it as {@code ⟦1⟧}, {@code ⟦2⟧} …
     * @param before the sentences before it, the oldest first
     * @param glossary terms that occur in the text, and how they are to be translated
     */
    record Request(String model, String language, String text, List<Sentence> before, List<Term> glossary) {
        public Request {
            before = List.copyOf(before);
            glossary = List.copyOf(glossary);
        }
    }

    /**
     * A sentence that came before.
     *
     * @param translation empty when there is none, or none yet
     */
    record Sentence(String source, Optional<String> translation) {}

    /** How a term is to be translated. */
    record Term(String source, String translation) {}

    /** Hears what came of it. */
    interface Listener {

        void translated(String text);

        /**
         * There will be none.
         *
         * @param why for the server's log; no text of the answer
         */
        void failed(String why);
    }

    /** A translation under way. */
    interface Call {

        /** Closes the connection to the model. May be called at any time, more than once. */
        void cancel();

        /** What it has used so far. */
        Usage usage();
    }
}
