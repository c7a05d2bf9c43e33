package dev.weir.pipeline;

/** Where in the pipeline an interceptor may stand. Within a place its order is free. */
public enum Place {
    /** Next to the model: it must see what the provider sent and bills. */
    MODEL,
    /** Between the two, in any order. */
    MIDDLE,
    /** Next to the log: it must see what is let through, and nothing else. */
    LOG
}
