package dev.weir.pipeline;

import dev.weir.event.Event.Declared;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which interceptors run on one turn, in which order and how. A turn keeps the plan it began with, whatever changes
 * meanwhile. Thread-safe.
 */
public final class Plan {

    private final List<InForce> all;
    private final @Nullable PolicyUnknown unknown;

    /** What texts beside an answer have to pass, whatever part of the plan this is. */
    private final List<InForce> guards;

    Plan(List<InForce> all) {
        this(all, all.stream().filter(Plan::isForSideTexts).toList(), null);
    }

    private Plan(List<InForce> all, List<InForce> guards, @Nullable PolicyUnknown unknown) {
        this.all = List.copyOf(all);
        this.guards = List.copyOf(guards);
        this.unknown = unknown;
    }

    private static boolean isForSideTexts(InForce it) {
        return it.interceptor().place() == Place.MIDDLE && !it.interceptor().isForAnswersOnly();
    }

    /** Nobody can say what should run, so nothing does. */
    static Plan unknown(PolicyUnknown why) {
        return new Plan(List.of(), List.of(), why);
    }

    /** Every interceptor from the model to the log, those that are off too. */
    public List<InForce> all() {
        return all;
    }

    public Optional<InForce> find(String interceptor) {
        return all.stream().filter(it -> it.name().equals(interceptor)).findFirst();
    }

    /** The same plan with these only; for {@linkplain BranchContext#side() other texts} nothing changes. */
    public Plan only(Predicate<InForce> which) {
        return new Plan(all.stream().filter(which).toList(), guards, unknown);
    }

    /** What texts beside a branch's own have to pass. */
    Plan forSideTexts() {
        return new Plan(guards, guards, unknown);
    }

    /** What runs, in order, as a turn declares it; nothing when the plan cannot be opened. */
    public List<Declared> declared() {
        return all.stream()
                .filter(InForce::runs)
                .map(it -> new Declared(it.name(), it.mode().word()))
                .toList();
    }

    /**
     * Builds the chain for one branch.
     *
     * @param sink what comes after the last stage
     * @throws InterceptorFailure when an interceptor cannot run
     * @throws PolicyUnknown when nobody can say which interceptors have to run
     */
    public Chain open(Branch branch, Stage sink) {
        return open(branch, sink, (interceptor, next) -> next);
    }

    /** Looks at what passes from stage to stage. */
    @FunctionalInterface
    public interface Between {

        /** What an interceptor gets as its next stage, in place of this one; has to pass everything on. */
        Stage after(String interceptor, Stage next);
    }

    /** As {@link #open(Branch, Stage)}, with somebody who looks on. */
    public Chain open(Branch branch, Stage sink, Between between) {
        if (unknown != null) {
            throw unknown;
        }
        SideTexts sides = new SideTexts(this, branch);
        Deque<Stage> stages = new ArrayDeque<>();
        stages.push(sink);
        for (InForce it : all.reversed()) {
            if (it.runs()) {
                Stage next = between.after(it.name(), stages.getFirst());
                stages.push(open(new Context(it, branch, sides), next));
            }
        }
        return new Chain(List.copyOf(stages));
    }

    private static Stage open(Context context, Stage next) {
        try {
            return context.interceptor().interceptor().open(context, next);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new InterceptorFailure(context.interceptor().name(), e);
        }
    }
}
