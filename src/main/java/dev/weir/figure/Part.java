package dev.weir.figure;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Something that a node can't work without, such as the database. CDI beans of this type are asked for
 * their state by health checks, and for their levels by the metrics.
 */
public interface Part {

    /** One word, in lower case. */
    String name();

    /**
     * Returns when it works. May block; whoever asks limits the wait.
     *
     * @throws RuntimeException when it doesn't
     */
    void check();

    /** How full or how many; always the same ones. */
    List<Level> levels();

    /**
     * A level that goes up and down.
     *
     * @param name of the metric, after {@code weir_}: with the unit at its end, in snake case
     * @param help one sentence
     * @param now the present value; cheap, never blocks; NaN when it is not known
     */
    record Level(String name, String help, DoubleSupplier now) {}
}
