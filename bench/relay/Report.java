package relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** All that was measured, as a table for people and as JSON for programs. */
final class Report {

    static final String BARE = "bare langchain4j";

    private static final String HEAD = """

            %d deltas an answer. Milliseconds; "added" and "x direct" are against the upstream itself in this run.
            CPU: seconds of the relay's processes for a million deltas (microseconds a delta), and how much of
            it went into compiling, because the JVM was not warm yet; "x bare" against %s.

            load            target            first delta       added             x       delta added     streams  x       CPU     JIT   x      complete
                                              p50      p99      p50      p99      direct  p50     p99     /s       direct          %%    bare
            """;

    private final Map<Load, Map<String, Cell>> cells = new LinkedHashMap<>();
    private final int deltas;

    private record Load(boolean paced, int streams) {
        @Override
        public String toString() {
            return (paced ? "paced " : "unpaced ") + streams;
        }
    }

    Report(int deltas) {
        this.deltas = deltas;
    }

    void add(boolean paced, int streams, String target, Cell measured) {
        cells.computeIfAbsent(new Load(paced, streams), it -> new LinkedHashMap<>())
                .computeIfAbsent(target, it -> new Cell())
                .add(measured);
    }

    boolean allComplete() {
        return cells.values().stream().flatMap(it -> it.values().stream()).allMatch(it -> it.broken == 0);
    }

    String table() {
        StringBuilder table = new StringBuilder(HEAD.formatted(deltas, BARE));
        cells.forEach((load, row) -> {
            row.forEach((target, cell) -> table.append(line(load, target, cell, row)));
            table.append('\n');
        });
        return table.toString();
    }

    private String line(Load load, String target, Cell cell, Map<String, Cell> all) {
        Cell direct = all.get("direct");
        boolean relayed = cell != direct;
        String line = "%-15s %-17s %-8s %-8s %-8s %-8s %-7s %-7s %-7s %-8s %-7s %-7s %-5s %-6s %d/%d"
                .formatted(
                        load,
                        target,
                        millis(cell.firsts.millis(50)),
                        millis(cell.firsts.millis(99)),
                        relayed ? millis(cell.firsts.millis(50) - direct.firsts.millis(50)) : "",
                        relayed ? millis(cell.firsts.millis(99) - direct.firsts.millis(99)) : "",
                        relayed ? ratio(cell.firsts.millis(50) / direct.firsts.millis(50)) : "",
                        load.paced && relayed ? millis(cell.delays.millis(50) - direct.delays.millis(50)) : "",
                        load.paced && relayed ? millis(cell.delays.millis(99) - direct.delays.millis(99)) : "",
                        load.paced ? "" : "%.0f".formatted(cell.streamsPerSecond()),
                        load.paced || !relayed ? "" : ratio(cell.streamsPerSecond() / direct.streamsPerSecond()),
                        relayed ? "%.0f".formatted(cell.processorPerMillion(deltas)) : "",
                        relayed ? "%.0f".formatted(cell.compilerSeconds / cell.processorSeconds * 100) : "",
                        relayed && all.containsKey(BARE)
                                ? ratio(cell.processorPerMillion(deltas)
                                        / all.get(BARE).processorPerMillion(deltas))
                                : "",
                        cell.complete,
                        cell.complete + cell.broken);
        return line.stripTrailing() + (cell.problem.isEmpty() ? "" : "  " + shortened(cell.problem)) + "\n";
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + " ..." : line;
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    /** The raw figures; of times the percentiles 50, 90, 99 and 100, in milliseconds, not reduced by anything. */
    void writeJson(Path file, Properties settings) throws IOException {
        StringBuilder json = new StringBuilder("{\n  \"at\": \"" + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + "\",\n  \"deltas\": " + deltas + ",\n  \"paceMillis\": " + Script.PACE_MILLIS + ",\n  \"rounds\": "
                + settings.getProperty("rounds") + ",\n  \"processors\": "
                + Runtime.getRuntime().availableProcessors() + ",\n  \"java\": \"" + Runtime.version()
                + "\",\n  \"commit\": \""
                + settings.getProperty("commit", "") + "\",\n  \"measured\": [");
        String separator = "\n";
        for (Map.Entry<Load, Map<String, Cell>> row : cells.entrySet()) {
            for (Map.Entry<String, Cell> entry : row.getValue().entrySet()) {
                json.append(separator).append(json(row.getKey(), entry.getKey(), entry.getValue()));
                separator = ",\n";
            }
        }
        Files.writeString(file, json.append("\n  ]\n}\n").toString());
    }

    private String json(Load load, String target, Cell cell) {
        return String.format(
                Locale.ROOT,
                "    {\"paced\": %s, \"streams\": %d, \"target\": \"%s\", \"complete\": %d, \"broken\": %d, \"seconds\": %.3f, "
                        + "\"processorSeconds\": %.2f, \"compilerSeconds\": %.2f, \"firstDelta\": %s, \"deltaWay\": %s}",
                load.paced,
                load.streams,
                target,
                cell.complete,
                cell.broken,
                cell.seconds,
                cell.processorSeconds,
                cell.compilerSeconds,
                percentiles(cell.firsts),
                percentiles(cell.delays));
    }

    private static String percentiles(Samples samples) {
        return samples.size() == 0
                ? "null"
                : String.format(
                        Locale.ROOT,
                        "[%.3f, %.3f, %.3f, %.3f]",
                        samples.millis(50),
                        samples.millis(90),
                        samples.millis(99),
                        samples.millis(100));
    }
}
