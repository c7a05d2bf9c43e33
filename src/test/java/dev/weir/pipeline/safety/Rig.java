package dev.weir.pipeline.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.pipeline.Branch;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A branch with one interceptor, that behaves as a turn's: one call at a time, nothing after the end or a block. */
final class Rig implements Branch, Stage {

    final Map<String, String> settings = new HashMap<>();
    final StringBuilder text = new StringBuilder();
    final List<String> shown = new ArrayList<>();
    final List<String> verdicts = new ArrayList<>();
    final List<String> withdrawals = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Object> givenUp = new CompletableFuture<>();
    private final StreamInterceptor interceptor;
    private Chain chain = new Pipeline(List.of(), key -> Optional.empty()).open(this, this);
    private String before = "";
    volatile String rule = "";
    volatile String reason = "";
    volatile boolean ended;
    Runnable onDelta = () -> {};
    private boolean closed;

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
        lock.lock();
        try {
            if (!blocked() && !closed) {
                chain.delta(delta);
                shown.add(text.toString());
            }
        } finally {
            lock.unlock();
        }
        return this;
    }

    Rig ask(String prompt) {
        assertThat(chain.prompt(List.of(new Line(Line.Speaker.USER, prompt)))).hasSize(1);
        return this;
    }

    Rig finish() {
        lock.lock();
        try {
            closed = true;
            if (!blocked()) {
                chain.end();
                shown.add(text.toString());
            }
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Somebody stops it, and then it ends. */
    Rig stop() {
        givenUp.complete("stopped");
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
            givenUp.complete("blocked");
        }
    }

    @Override
    public void withdraw(String name, int kept, String why, String message) {
        text.setLength(Math.min(kept, text.length()));
        withdrawals.add(kept + " " + why);
        block(name, why, message);
    }

    @Override
    public int shown() {
        return text.length();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        try {
            CompletableFuture.anyOf(what.toCompletableFuture(), givenUp).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            return !givenUp.isDone();
        } catch (TimeoutException | InterruptedException e) {
            return false;
        }
        return !givenUp.isDone();
    }

    @Override
    public void step(Runnable step) {
        lock.lock();
        try {
            if (!closed && !blocked()) {
                step.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void outputTokens(long tokens) {
        // not of interest here
    }
}
