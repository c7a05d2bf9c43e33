package dev.weir.pipeline.redact;

/** What a {@link Scan} tells of what it found. A span never begins before what it said was undecided. */
interface Findings {

    /** An entity, from its beginning to its end. */
    void found(Rule rule, int from, int to);

    /** An entity that is certain, or as long as can be held, and that goes on; what follows comes with {@link #more}. */
    void begun(Rule rule, int from, int to);

    /** How that goes on. */
    void more(Rule rule, int from, int to);
}
