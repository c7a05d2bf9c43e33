package pipeline;

import dev.weir.pipeline.StreamInterceptor;
import java.util.Collection;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the measurement and prints a table. Arguments: forks, seconds of warm-up, seconds of measurement. */
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws RunnerException {
        String[] stages = Stream.of(
                        Stream.of(Deltas.NONE),
                        Interceptors.ALL.stream().map(StreamInterceptor::name),
                        Stream.of(Deltas.FRAMING, Deltas.ALL_BUT_AUDIT, Deltas.ALL))
                .flatMap(it -> it)
                .toArray(String[]::new);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(Deltas.class.getName())
                        .param("stage", stages)
                        .forks(Integer.parseInt(arguments[0]))
                        .warmupIterations(Integer.parseInt(arguments[1]))
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(Integer.parseInt(arguments[2]))
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.printf("%-14s %10s %10s %10s %12s%n", "stage", "ns/delta", "±", "best", "bytes/delta");
        results.forEach(Bench::print);
    }

    private static void print(RunResult result) {
        System.out.printf(
                "%-14s %10.1f %10.1f %10.1f %12.1f%n",
                result.getParams().getParam("stage"),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                result.getPrimaryResult().getStatistics().getMin(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
