package dev.weir.pipeline.translate;

import java.util.List;

/** Which languages members have chosen. Methods may block. Thread-safe. */
public interface Languages {

    /**
     * The BCP 47 tags of the members of a room, each once, the most frequent first; without those who chose none.
     *
     * @param author the id of the person whose own words they are to be: neither that member's language is among them nor
     *     what only that member wants. Empty for the words of a model
     */
    List<String> inUse(String room, String author);
}
