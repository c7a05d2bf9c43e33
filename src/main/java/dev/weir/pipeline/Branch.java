package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the pipeline asks of the branch it is built for; the turn implements it. */
public interface Branch {

    String room();

    String turn();

    String branch();

    String model();

    String organisation();

    Member requestedBy();

    default boolean forProgram() {
        return false;
    }

    String textBefore();

    void verdict(String interceptor, Verdict.Decision decision, String rule);

    void block(String interceptor, String rule, String reason);

    void withdraw(String interceptor, int kept, String rule, String reason);

    int shown();

    boolean await(CompletionStage<?> what, Duration atMost);

    void step(Runnable step);

    /** See {@link BranchContext#ending()}. */
    default boolean ending() {
        return false;
    }

    /** See {@link BranchContext#sealed()}. */
    default boolean sealed() {
        return false;
    }

    void outputTokens(long tokens);

    default void variant(String language, int from, int to, String text, boolean original) {}

    default void spent(String model, Usage usage) {}

    /** See {@link BranchContext#author()}. */
    default Optional<Member> author() {
        return Optional.empty();
    }
}
