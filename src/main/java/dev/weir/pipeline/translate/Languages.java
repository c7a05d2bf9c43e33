package dev.weir.pipeline.translate;

import java.util.List;

/** Which languages members have chosen. Methods may block. Thread-safe. */
public interface Languages {

    /** The BCP 47 tags of the members of a room, each once, the most frequent first; without those who chose none. */
    List<String> inUse(String room);
}
