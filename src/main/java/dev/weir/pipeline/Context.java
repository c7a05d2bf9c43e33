package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import java.util.Optional;
import java.util.function.Function;

/** A branch as one interceptor sees it. */
record Context(String interceptor, Mode mode, Branch target, Function<String, Optional<String>> settings)
        implements BranchContext {

    @Override
    public String room() {
        return target.room();
    }

    @Override
    public String turn() {
        return target.turn();
    }

    @Override
    public String branch() {
        return target.branch();
    }

    @Override
    public String model() {
        return target.model();
    }

    @Override
    public String organisation() {
        return target.organisation();
    }

    @Override
    public Member requestedBy() {
        return target.requestedBy();
    }

    @Override
    public void step(Runnable step) {
        target.step(step);
    }

    @Override
    public String textBefore() {
        return target.textBefore();
    }

    @Override
    public String setting(String key, String defaultValue) {
        return settings.apply("weir.interceptors." + interceptor + "." + key).orElse(defaultValue);
    }

    @Override
    public void verdict(Verdict.Decision decision, String rule) {
        target.verdict(interceptor, decision, rule);
    }

    @Override
    public void block(String rule, String reason) {
        target.verdict(interceptor, Verdict.Decision.BLOCKED, rule);
        if (mode == Mode.ENFORCE) {
            target.block(interceptor, rule, reason);
        }
    }

    @Override
    public void outputTokens(long tokens) {
        target.outputTokens(tokens);
    }
}
