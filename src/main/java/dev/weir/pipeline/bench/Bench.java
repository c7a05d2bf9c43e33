package dev.weir.pipeline.bench;

import dev.weir.event.Member;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.InterceptorFailure;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trial: the real interceptors in the real chain on a branch that goes nowhere, so that there is no log, no database and
 * no audit. Those that stand next to the model or the log are left out, for what they count or keep must not be fed with
 * trials; the meter alone stays, which only tells its branch. For one use, by one thread.
 */
public final class Bench {

    /** The most characters of a text. */
    public static final int LONGEST_TEXT = 20_000;

    /** The most deltas of a text. */
    public static final int MOST_DELTAS = 2_000;

    private final TrialBranch branch;
    private final Plan plan;
    private final StringBuilder in = new StringBuilder();
    private final List<Tap> taps = new ArrayList<>();
    private final StringBuilder released = new StringBuilder();
    private final List<Mark> marks = new ArrayList<>();
    private String question = "";
    private int verdictsTold;
    private int releasedTold;

    /** How much had passed each tap after a delta. */
    private record Mark(String delta, String released, List<Trial.Verdict> verdicts, int in, List<Integer> out) {}

    /** What comes out of one interceptor. */
    private static final class Tap implements Stage {
        private final String interceptor;
        private final Stage next;
        private final StringBuilder out = new StringBuilder();

        Tap(String interceptor, Stage next) {
            this.interceptor = interceptor;
            this.next = next;
        }

        @Override
        public void delta(String text) {
            out.append(text);
            next.delta(text);
        }

        @Override
        public void end() {
            next.end();
        }
    }

    /** The end of the chain: what arrives here would be seen. */
    private final class Sink implements Stage {
        @Override
        public void delta(String text) {
            if (branch.ending.isEmpty()) {
                released.append(text);
            }
        }

        @Override
        public void end() {
            // the trial ends when the chain has come back
        }
    }

    private Bench(Plan plan, String organisation, Member by) {
        this.plan = plan.only(Bench::mayBeTried);
        this.branch = new TrialBranch(organisation, by, released);
    }

    private static boolean mayBeTried(InForce it) {
        return it.interceptor().place() == Place.MIDDLE || it.name().equals("meter");
    }

    /**
     * Tries a text; may wait as long as interceptors do.
     *
     * @param question what is asked, empty for nothing
     * @param deltas none empty
     */
    public static Trial run(Plan plan, String organisation, Member by, String question, List<String> deltas) {
        return new Bench(plan, organisation, by).run(question, deltas);
    }

    private Trial run(String asked, List<String> deltas) {
        Chain chain = open();
        if (chain != null) {
            locked(() -> ask(chain, asked));
            for (String delta : deltas) {
                if (goesOn()) {
                    locked(() -> chain.delta(delta));
                    mark(delta);
                }
            }
            end(chain);
        }
        return new Trial(question, steps(), released.toString(), branch.tokens, branch.ending);
    }

    private @Nullable Chain open() {
        try {
            return plan.open(branch, new Sink(), (interceptor, next) -> {
                Tap tap = new Tap(interceptor, next);
                taps.addFirst(tap);
                return tap;
            });
        } catch (InterceptorFailure e) {
            branch.failed(e.interceptor(), e.getCause() == null ? e : e.getCause());
            return null;
        }
    }

    private void ask(Chain chain, String asked) {
        List<Line> lines = chain.prompt(List.of(new Line(Line.Speaker.USER, asked)));
        question = branch.ending.isEmpty() ? lines.getFirst().text() : "";
    }

    private void end(Chain chain) {
        if (goesOn()) {
            locked(() -> {
                branch.closed = true;
                chain.end();
            });
            mark("");
        } else if (marks.isEmpty()) {
            mark("");
        }
    }

    private boolean goesOn() {
        branch.lock.lock();
        try {
            return branch.ending.isEmpty();
        } finally {
            branch.lock.unlock();
        }
    }

    private void locked(Runnable work) {
        branch.lock.lock();
        try {
            work.run();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            branch.failed("", e);
        } finally {
            branch.lock.unlock();
        }
    }

    private void mark(String delta) {
        branch.lock.lock();
        try {
            in.append(delta);
            String now = released.substring(Math.min(releasedTold, released.length()));
            releasedTold = released.length();
            List<Trial.Verdict> told = List.copyOf(branch.verdicts.subList(verdictsTold, branch.verdicts.size()));
            verdictsTold = branch.verdicts.size();
            marks.add(new Mark(
                    delta,
                    now,
                    told,
                    in.length(),
                    taps.stream().map(it -> it.out.length()).toList()));
        } finally {
            branch.lock.unlock();
        }
    }

    private List<Trial.Step> steps() {
        List<Alignment> alignments = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            alignments.add(new Alignment(into(i), taps.get(i).out.toString()));
        }
        return marks.stream()
                .map(it -> new Trial.Step(it.delta(), it.released(), held(it, alignments), it.verdicts()))
                .toList();
    }

    /** Everything that went into a stage. */
    private String into(int stage) {
        return stage == 0 ? in.toString() : taps.get(stage - 1).out.toString();
    }

    private List<Trial.Held> held(Mark mark, List<Alignment> alignments) {
        List<Trial.Held> held = new ArrayList<>();
        boolean over = mark.delta().isEmpty();
        for (int i = 0; i < taps.size() && !over; i++) {
            int came = i == 0 ? mark.in() : mark.out().get(i - 1);
            int passed = alignments.get(i).inputFor(mark.out().get(i));
            if (passed < came) {
                held.add(new Trial.Held(taps.get(i).interceptor, into(i).substring(passed, came)));
            }
        }
        return held;
    }
}
