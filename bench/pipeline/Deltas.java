package pipeline;

import dev.weir.pipeline.Chain;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.frame.BlockSplitter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One answer through a chain: opened, delta by delta, ended. An operation is a delta. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Deltas {

    static final String NONE = "none";
    static final String FRAMING = "framing";
    static final String ALL = "all";

    /** All but the audit. */
    static final String ALL_BUT_AUDIT = "all-but-audit";

    private static final int ANSWERS = 16;

    /** An interceptor's name, or one of {@link #NONE}, {@link #FRAMING}, {@link #ALL_BUT_AUDIT}, {@link #ALL}. */
    @Param(NONE)
    public String stage;

    private final List<List<String>> answers =
            LongStream.range(0, ANSWERS).mapToObj(Answer::deltas).toList();
    private Pipeline pipeline;
    private boolean framed;
    private int next;

    /** Takes a chain's text into nothing, or in blocks as a framed connection does. */
    private record Sink(boolean framed, BlockSplitter splitter, Blackhole hole) implements Stage {
        @Override
        public void delta(String text) {
            hole.consume(framed ? splitter.feed(text) : text);
        }

        @Override
        public void end() {
            hole.consume(framed ? splitter.end() : "");
        }
    }

    @Setup
    public void choose() {
        List<StreamInterceptor> chosen = Interceptors.ALL.stream()
                .filter(it -> together() ? stage.equals(ALL) || !it.name().equals("audit") : stage.equals(it.name()))
                .toList();
        pipeline = new Pipeline(chosen, key -> Optional.empty());
        framed = together() || stage.equals(FRAMING);
    }

    private boolean together() {
        return stage.equals(ALL) || stage.equals(ALL_BUT_AUDIT);
    }

    @Benchmark
    @OperationsPerInvocation(Answer.DELTAS)
    public void delta(Blackhole hole) {
        Chain chain = pipeline.open(new NoBranch(), new Sink(framed, new BlockSplitter(), hole));
        answers.get(next++ % ANSWERS).forEach(chain::delta);
        chain.end();
    }
}
