package pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.pipeline.Branch;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A branch about which nobody cares. */
final class NoBranch implements Branch {

    private static final Member ADA = Member.person("ada", "Ada");

    @Override
    public String room() {
        return "room";
    }

    @Override
    public String turn() {
        return "turn";
    }

    @Override
    public String branch() {
        return "branch";
    }

    @Override
    public String model() {
        return "model";
    }

    @Override
    public String organisation() {
        return "organisation";
    }

    @Override
    public Member requestedBy() {
        return ADA;
    }

    @Override
    public String textBefore() {
        return "";
    }

    @Override
    public void verdict(String interceptor, Verdict.Decision decision, String rule) {
        // goes nowhere
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        throw new IllegalStateException("This answer must not be blocked: " + rule);
    }

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        throw new IllegalStateException("This answer must not be withdrawn: " + rule);
    }

    @Override
    public int shown() {
        return 0;
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        throw new IllegalStateException("Nothing waits here.");
    }

    @Override
    public void step(Runnable step) {
        step.run();
    }

    @Override
    public void outputTokens(long tokens) {
        // goes nowhere
    }

    @Override
    public void variant(String language, int from, int to, String text, boolean original) {
        // goes nowhere
    }
}
