package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A branch that keeps what stages say of it, and what came through after a block. */
final class FakeBranch implements Branch, Stage {

    final StringBuilder text = new StringBuilder();
    final List<String> verdicts = new ArrayList<>();
    final List<String> blocks = new ArrayList<>();
    final List<Long> tokens = new ArrayList<>();
    final StringBuilder afterBlock = new StringBuilder();
    final String textBefore;
    final List<String> withdrawals = new ArrayList<>();
    volatile boolean givenUp;
    int ends;

    FakeBranch() {
        this("");
    }

    FakeBranch(String textBefore) {
        this.textBefore = textBefore;
    }

    @Override
    public void delta(String delta) {
        (blocks.isEmpty() ? text : afterBlock).append(delta);
    }

    @Override
    public void end() {
        ends++;
    }

    @Override
    public String room() {
        return "r";
    }

    @Override
    public String turn() {
        return "t";
    }

    @Override
    public String branch() {
        return "b";
    }

    @Override
    public String model() {
        return "m";
    }

    @Override
    public String organisation() {
        return "o";
    }

    @Override
    public Member requestedBy() {
        return Member.person("u", "Ada");
    }

    @Override
    public void step(Runnable step) {
        step.run();
    }

    @Override
    public String textBefore() {
        return textBefore;
    }

    @Override
    public void verdict(String interceptor, Verdict.Decision decision, String rule) {
        verdicts.add(interceptor + " " + decision.word() + " " + rule);
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        blocks.add(interceptor + " " + rule + ": " + reason);
    }

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        if (blocks.isEmpty()) {
            text.setLength(Math.min(kept, text.length()));
        }
        withdrawals.add(interceptor + " " + kept + " " + rule);
        block(interceptor, rule, reason);
    }

    @Override
    public int shown() {
        return text.length();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        try {
            what.toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return !givenUp;
        } catch (ExecutionException | CancellationException e) {
            return !givenUp;
        } catch (TimeoutException | InterruptedException e) {
            return false;
        }
    }

    @Override
    public void outputTokens(long count) {
        tokens.add(count);
    }
}
