package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A branch as one interceptor sees it. */
record Context(InForce interceptor, Branch target, SideTexts sides) implements BranchContext {

    @Override
    public Mode mode() {
        return interceptor.mode();
    }

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
    public boolean ending() {
        return target.ending();
    }

    @Override
    public boolean sealed() {
        return target.sealed();
    }

    @Override
    public boolean forProgram() {
        return target.forProgram();
    }

    @Override
    public String textBefore() {
        return target.textBefore();
    }

    @Override
    public String setting(String key, String defaultValue) {
        return interceptor.setting(key).orElse(defaultValue);
    }

    @Override
    public void verdict(Verdict.Decision decision, String rule) {
        target.verdict(interceptor.name(), decision, rule);
    }

    @Override
    public void block(String rule, String reason) {
        if (target.sealed()) {
            return;
        }
        target.verdict(interceptor.name(), Verdict.Decision.BLOCKED, rule);
        if (mode() == Mode.ENFORCE) {
            target.block(interceptor.name(), rule, reason);
        }
    }

    @Override
    public void withdraw(int kept, String rule, String reason) {
        target.verdict(interceptor.name(), Verdict.Decision.BLOCKED, rule);
        if (mode() == Mode.ENFORCE) {
            target.withdraw(interceptor.name(), kept, rule, reason);
        }
    }

    @Override
    public int shown() {
        return target.shown();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        return target.await(what, atMost);
    }

    @Override
    public void outputTokens(long tokens) {
        target.outputTokens(tokens);
    }

    @Override
    public void variant(String language, int from, int to, String text, boolean original) {
        target.variant(language, from, to, text, original);
    }

    @Override
    public void spent(String model, Usage usage) {
        target.spent(model, usage);
    }

    @Override
    public Optional<Member> author() {
        return target.author();
    }

    @Override
    public SideText side() {
        return sides.open(interceptor.name());
    }
}
