package dev.weir.model.demo;

import java.util.List;

/**
 * What the person wants, as far as the demo models can tell.
 *
 * @param text as written
 * @param topic what it is about, never empty
 * @param items what a comparison compares, a sum and its result, or the text to be worked on; else empty
 * @param count how many entries a list should have
 */
record Question(Kind kind, String text, String topic, List<String> items, int count) {

    enum Kind {
        GREETING,
        THANKS,
        IDENTITY,
        ARITHMETIC,
        SUMMARY,
        TRANSLATION,
        CODE,
        STORY,
        POEM,
        COMPARISON,
        FOLLOW_UP,
        UNKNOWABLE,
        HOW_TO,
        LIST,
        DEFINITION,
        WHY,
        DECISION,
        STATEMENT
    }
}
