package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import java.util.ArrayList;
import java.util.List;

/** A branch that keeps what stages say of it, and what came through after a block. */
final class FakeBranch implements Branch, Stage {

    final StringBuilder text = new StringBuilder();
    final List<String> verdicts = new ArrayList<>();
    final List<String> blocks = new ArrayList<>();
    final List<Long> tokens = new ArrayList<>();
    final StringBuilder afterBlock = new StringBuilder();
    final String textBefore;
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
    public void outputTokens(long count) {
        tokens.add(count);
    }
}
