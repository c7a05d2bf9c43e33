package dev.weir.pipeline;

import dev.weir.event.Event;
import dev.weir.event.Event.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A branch that keeps what stages say of it, and what came through after a block. */
public class FakeBranch extends AnyBranch implements Branch, Stage {

    public final StringBuilder text = new StringBuilder();
    public final StringBuilder afterBlock = new StringBuilder();
    public volatile boolean ending;
    final List<String> verdicts = new ArrayList<>();
    final List<String> blocks = new ArrayList<>();
    final List<String> withdrawals = new ArrayList<>();
    final List<Long> tokens = new ArrayList<>();
    final List<Event.Variant> variants = new ArrayList<>();
    int ends;
    private final String textBefore;

    public FakeBranch() {
        this("");
    }

    FakeBranch(String textBefore) {
        this.textBefore = textBefore;
    }

    /** Sends an answer through, as a turn does: nothing comes after a block, and stages are let go at the end. */
    FakeBranch run(Chain chain, List<String> deltas) {
        for (String delta : deltas) {
            locked(() -> {
                if (!sealed()) {
                    chain.delta(delta);
                }
            });
        }
        locked(() -> {
            over();
            if (!sealed()) {
                chain.end();
            }
            chain.closed();
        });
        return this;
    }

    @Override
    public void delta(String delta) {
        (sealed() ? afterBlock : text).append(delta);
    }

    @Override
    public void end() {
        ends++;
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
        over();
        giveUp();
    }

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        text.setLength(Math.min(kept, text.length()));
        variants.removeIf(it -> it.to() > text.length());
        withdrawals.add(interceptor + " " + kept + " " + rule);
        block(interceptor, rule, reason);
    }

    @Override
    public int shown() {
        return text.length();
    }

    @Override
    public boolean ending() {
        return ending;
    }

    @Override
    public boolean sealed() {
        return !blocks.isEmpty();
    }

    @Override
    public void outputTokens(long count) {
        tokens.add(count);
    }

    @Override
    public void variant(String language, int from, int to, String translation, boolean original) {
        if (!sealed()) {
            variants.add(new Event.Variant(turn(), branch(), language, from, to, translation, original));
        }
    }
}
