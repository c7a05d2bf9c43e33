package relay;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The client: warms every target up, measures them in turn, reports. {@code Load SETTINGS}: a properties file, which the
 * script {@code weir} writes.
 */
final class Load {

    static final String QUESTION = "What does a weir do for a mill, and what happens when the river rises?";

    /** Compilers that use less of a processor than this change little any more. */
    private static final double COMPILERS_BUSY = 0.1;

    private static final long RAMP_NANOS = 1_000_000_000;

    private final Properties settings;
    private final Prose prose;
    private final SendTimes times;
    private final Report report;

    private Load(Properties settings) throws IOException {
        this.settings = settings;
        this.prose = new Prose(number("deltas"));
        this.times = new SendTimes(Path.of(settings.getProperty("times")), prose.deltas());
        this.report = new Report(prose.deltas());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(file);
        }
        try {
            System.exit(new Load(settings).run() ? 0 : 1);
        } catch (IOException e) {
            System.err.println("The measuring could not go on: " + e.getMessage());
            System.exit(1);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        checkClock();
        List<Target> targets = targets().stream().filter(this::isWanted).toList();
        int[] streams = Arrays.stream(settings.getProperty("streams").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (Target target : targets) {
            warmUp(target);
        }
        for (boolean paced : new boolean[] {true, false}) {
            for (int count : streams) {
                measure(targets, paced, count);
            }
        }
        System.out.print(report.table());
        report.writeJson(Path.of(settings.getProperty("out")), settings);
        return report.allComplete();
    }

    /** Both processes must read the same clock, or no delta's way can be measured. */
    private void checkClock() throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number("upstream") + "/clock"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        http.send(ask, BodyHandlers.ofString());
        long before = System.nanoTime();
        long there = Long.parseLong(http.send(ask, BodyHandlers.ofString()).body());
        long after = System.nanoTime();
        if (there - before < 0 || after - there < 0) {
            throw new IOException("the processes of this machine don't share a clock (System.nanoTime).");
        }
    }

    private List<Target> targets() throws IOException, InterruptedException {
        String path = "/v1/chat/completions";
        List<Target> targets = new ArrayList<>();
        targets.add(Target.sse("direct", List.of(), number("upstream"), path, ""));
        if (settings.containsKey("nginx")) {
            targets.add(Target.sse("nginx", processes("nginx"), number("nginx"), path, ""));
        }
        targets.add(Target.sse(Report.BARE, processes("bare"), number("bare"), path, ""));
        WeirDoor door = new WeirDoor("http://127.0.0.1:" + number("weir"));
        String cookie = door.signIn(settings.getProperty("password"));
        targets.add(Target.socket("weir websocket", processes("weir"), number("weir"), door, cookie));
        if (door.hasOpenAiDoor(settings.getProperty("key"))) {
            String authorization = "Authorization: Bearer " + settings.getProperty("key") + "\r\n";
            targets.add(Target.sse("weir /v1", processes("weir"), number("weir"), path, authorization));
        } else {
            System.out.println("Left out: Weir's /v1, which is not there (GET /v1/models is not answered by 200).");
        }
        return targets;
    }

    /** What all is compared with is always measured. */
    private boolean isWanted(Target target) {
        List<String> only = List.of(settings.getProperty("only", "").split(","));
        return target.name().equals("direct") || only.stream().anyMatch(target.name()::startsWith);
    }

    private List<Long> processes(String name) {
        return Stream.of(settings.getProperty(name + ".processes").split(","))
                .map(Long::valueOf)
                .toList();
    }

    private int number(String name) {
        return Integer.parseInt(settings.getProperty(name));
    }

    /** Until the compilers of its JVM have little left to do, or for as long as the settings say. */
    private void warmUp(Target target) throws IOException, InterruptedException {
        System.out.printf("%tT Warming up %s ...%n", new Date(), target.name());
        long began = System.nanoTime();
        double busy;
        do {
            long since = System.nanoTime();
            double before = target.compilerSeconds();
            Cell cell = run(target, false, 50, 1000);
            cell.add(run(target, true, 50, 50));
            if (cell.broken > 0) {
                System.out.printf("  %d answers were not complete: %s%n", cell.broken, cell.problem);
            }
            busy = (target.compilerSeconds() - before) / seconds(since);
        } while (busy > COMPILERS_BUSY && seconds(began) < number("warmup"));
        System.out.printf(
                "  for %.0f s, at the end with %.0f %% of a processor compiling%n", seconds(began), busy * 100);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** All targets under one load, in an order that turns round with each round. */
    private void measure(List<Target> targets, boolean paced, int streams) throws IOException, InterruptedException {
        System.out.printf("%tT Measuring: %s, %d at a time ...%n", new Date(), paced ? "paced" : "unpaced", streams);
        int answers = paced ? Math.max(streams, 3) : Math.clamp(streams * 20L, 60, 1000);
        for (int round = 0; round < number("rounds"); round++) {
            for (Target target : round % 2 == 0 ? targets : targets.reversed()) {
                report.add(paced, streams, target.name(), run(target, paced, streams, answers));
            }
        }
    }

    private Cell run(Target target, boolean paced, int streams, int answers) throws IOException, InterruptedException {
        String model = (paced ? "paced-" : "unpaced-") + prose.deltas();
        try (Run run = new Run(target, model, prose, times)) {
            return run.measure(streams, answers, paced ? RAMP_NANOS : 0);
        }
    }
}
