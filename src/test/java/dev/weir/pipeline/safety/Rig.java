package dev.weir.pipeline.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event.Verdict;
import dev.weir.pipeline.AnyBranch;
import dev.weir.pipeline.Branch;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A branch with one interceptor, that behaves as a turn's: one call at a time, nothing after the end or a block. */
final class Rig extends AnyBranch implements Branch, Stage {

    final Map<String, String> settings = new HashMap<>();
    final StringBuilder text = new StringBuilder();
    final List<String> shown = new ArrayList<>();
    final List<String> verdicts = new ArrayList<>();
    final List<String> withdrawals = new ArrayList<>();
    private final StreamInterceptor interceptor;
    private Chain chain = new Pipeline(List.of(), key -> Optional.empty()).open(this, this);
    private String before = "";
    volatile String rule = "";
    volatile String reason = "";
    volatile boolean ended;
    Runnable onDelta = () -> {};

    Rig(StreamInterceptor interceptor) {
        this.interceptor = interceptor;
    }

    Rig set(String key, String value) {
        settings.put("weir.interceptors." + interceptor.name() + "." + key, value);
        return this;
    }

    Rig after(String textBefore) {
        before = textBefore;
        text.append(textBefore);
        return this;
    }

    Pipeline pipeline() {
        return new Pipeline(List.of(interceptor), key -> Optional.ofNullable(settings.get(key)));
    }

    Rig open() {
        chain = pipeline().open(this, this);
        return this;
    }

    Chain chain() {
        return chain;
    }

    Rig say(List<String> deltas) {
        deltas.forEach(this::say);
        return this;
    }

    Rig say(String delta) {
        locked(() -> {
            if (!isOver()) {
                chain.delta(delta);
                shown.add(text.toString());
            }
        });
        return this;
    }

    Rig ask(String prompt) {
        assertThat(chain.prompt(List.of(new Line(Line.Speaker.USER, prompt)))).hasSize(1);
        return this;
    }

    Rig finish() {
        locked(() -> {
            over();
            if (!blocked()) {
                chain.end();
                shown.add(text.toString());
            }
            chain.closed();
        });
        return this;
    }

    /** Somebody stops it, and then it ends. */
    Rig stop() {
        giveUp();
        return finish();
    }

    boolean blocked() {
        return !rule.isEmpty();
    }

    String seen() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void delta(String delta) {
        assertThat(delta).isNotEmpty();
        assertThat(rule).as("nothing is passed on after a block").isEmpty();
        text.append(delta);
        onDelta.run();
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public String textBefore() {
        return before;
    }

    @Override
    public void verdict(String name, Verdict.Decision decision, String why) {
        verdicts.add(decision.word() + " " + why);
    }

    @Override
    public void block(String name, String why, String message) {
        if (rule.isEmpty()) {
            reason = message;
            rule = why;
            giveUp();
            over();
        }
    }

    @Override
    public void withdraw(String name, int kept, String why, String message) {
        text.setLength(Math.min(kept, text.length()));
        withdrawals.add(kept + " " + why);
        block(name, why, message);
    }

    @Override
    public boolean sealed() {
        return blocked();
    }

    @Override
    public int shown() {
        return text.length();
    }

    @Override
    public void outputTokens(long tokens) {
        // not of interest here
    }
}
