package dev.weir.budget;

import java.time.LocalDate;
import java.util.List;

/** What answers have used, as it was settled, for reports. Methods block. Thread-safe. */
public interface UsageHistory {

    /**
     * Sums of answers.
     *
     * @param from the first day, in the time zone of each answer's organisation
     * @param to the last day
     * @param by what has a sum of its own; empty: one sum of all
     * @param of whose answers
     * @param limit the most sums
     * @return in the order of their keys
     */
    List<Sum> sums(LocalDate from, LocalDate to, List<UsageBy> by, Reach of, int limit);

    /**
     * A sum.
     *
     * @param keys as many as were asked for, in that order: ids, names of models, dates
     */
    record Sum(List<String> keys, Totals totals) {}

    /**
     * What answers have used that ended in equally long stretches of time, one after the other.
     *
     * @param from when the first begins, in milliseconds since 1970
     * @param length of each, in milliseconds, at least 1
     * @param count how many, at least 1
     */
    List<Totals> stretches(long from, long length, int count, Reach of);

    /** Bills in the order in which they were settled, after one of them; the first ones for an empty id. */
    List<Bill> bills(LocalDate from, LocalDate to, Reach of, String after, int limit);
}
