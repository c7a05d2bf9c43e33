package dev.weir.budget.simulation;

import java.util.List;

/**
 * What budgets would have made of some answers. An answer that several budgets had a hand in is counted once here.
 *
 * @param answers that there were
 * @param micros what they cost, in millionths of a US dollar
 * @param charged what they would have cost, likewise
 */
public record Report(
        long answers,
        long refused,
        long cut,
        long degraded,
        long switched,
        long micros,
        long charged,
        List<Trial> trials) {

    public Report {
        trials = List.copyOf(trials);
    }
}
