package dev.weir.it;

/** How frames come down. */
enum Transport {
    WEBSOCKET("websocket"),
    SSE("sse"),
    LONG_POLLING("long-polling");

    private final String word;

    Transport(String word) {
        this.word = word;
    }

    /** As the query names it. */
    String word() {
        return word;
    }
}
