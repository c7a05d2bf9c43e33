package dev.weir.model.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;

/**
 * An event that can forget its text. langchain4j keeps every event of an answer until the answer ends; with thousands of
 * small deltas that is many times the answer's own size.
 */
final class PassingEvent extends ServerSentEvent {

    private String text;

    PassingEvent(String text) {
        super(null, "");
        this.text = text;
    }

    @Override
    public String data() {
        return text;
    }

    /** The event has been read. */
    void drop() {
        text = "";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
