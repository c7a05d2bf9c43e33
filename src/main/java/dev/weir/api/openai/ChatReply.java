package dev.weir.api.openai;

import dev.weir.event.Event;
import java.io.IOException;

/** How an answer is sent. Each method blocks while the client does not read, and fails when the client has gone. */
interface ChatReply {

    void text(String text) throws IOException;

    /** Nothing has come for a second. */
    void waiting() throws IOException;

    /**
     * The answer has its end.
     *
     * @param text the whole of it: what was sent before, unless a guard took some of that back
     */
    void end(String text, Event.Answer answer) throws IOException;

    /** The answer ended early, by no will of the client's. */
    void fail(OpenAiProblem problem) throws IOException;
}
