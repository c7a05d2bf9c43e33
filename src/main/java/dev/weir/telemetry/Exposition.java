package dev.weir.telemetry;

import dev.weir.figure.Distribution;
import java.math.BigDecimal;

/** Writes histograms and counters with fractions in the text format of Prometheus, version 0.0.4. */
final class Exposition {

    /** The label that the server gives to an application's metrics (MicroProfile Metrics 5.1). */
    private static final String SCOPE = "mp_scope=\"application\"";

    private final StringBuilder text = new StringBuilder();
    private String name = "";

    /**
     * Begins a family of histograms.
     *
     * @param family its name after {@code weir_}
     */
    void histograms(String family, String help) {
        begin(family, "histogram", help);
    }

    /**
     * Begins a family of counters.
     *
     * @param family its name after {@code weir_}, with {@code _total}
     */
    void counters(String family, String help) {
        begin(family, "counter", help);
    }

    private void begin(String family, String type, String help) {
        name = "weir_" + family;
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Adds one histogram to the family, without a label of its own. */
    void add(Distribution distribution) {
        write(distribution, SCOPE);
    }

    /** Adds one histogram to the family. */
    void add(Distribution distribution, String label, String value) {
        write(distribution, labels(label, value));
    }

    /** Adds the family's one counter. */
    void add(BigDecimal count) {
        line("", SCOPE, decimal(count));
    }

    /** Adds one counter to the family. */
    void add(BigDecimal count, String label, String value) {
        line("", labels(label, value), decimal(count));
    }

    private static String labels(String label, String value) {
        return SCOPE + "," + label + "=\"" + escaped(value) + "\"";
    }

    private void write(Distribution distribution, String labels) {
        long upTo = 0;
        for (Distribution.Bucket bucket : distribution.buckets()) {
            upTo += bucket.count();
            String bound = bucket.atMostNanos() == Long.MAX_VALUE ? "+Inf" : seconds(bucket.atMostNanos());
            line("_bucket", labels + ",le=\"" + bound + "\"", Long.toString(upTo));
        }
        line("_sum", labels, seconds(distribution.sumNanos()));
        line("_count", labels, Long.toString(upTo));
    }

    private void line(String suffix, String labels, String value) {
        text.append(name).append(suffix).append('{').append(labels).append("} ");
        text.append(value).append('\n');
    }

    private static String seconds(long nanos) {
        return decimal(BigDecimal.valueOf(nanos, 9));
    }

    private static String decimal(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
