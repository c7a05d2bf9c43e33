package dev.weir.pipeline;

import dev.weir.event.Event.Verdict.Decision;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A text beside a branch on its way through a chain of its own, of which the branch learns only what was decided. */
final class GuardedText implements SideText, Branch {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedText.class);

    private final SideTexts sides;
    private final String whose;
    private final Branch target;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<@Nullable Void> givenUp = new CompletableFuture<>();
    private final List<SideTexts.Said> said = new CopyOnWriteArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private volatile @Nullable Chain chain;
    private volatile boolean blocked;
    private String before = "";
    private boolean closed;

    GuardedText(SideTexts sides, String whose) {
        this.sides = sides;
        this.whose = whose;
        this.target = sides.branch();
    }

    @Override
    public Optional<List<Line>> sent(List<Line> lines) {
        return through(it -> it.prompt(lines));
    }

    @Override
    public Optional<String> received(String textBefore, Optional<Line> asked, String text) {
        before = textBefore;
        return through(it -> {
            asked.ifPresent(line -> it.prompt(List.of(line)));
            if (!text.isEmpty() && !blocked) {
                it.delta(text);
            }
            closed = true;
            if (!blocked) {
                it.end();
            }
            return out.toString();
        });
    }

    private <T> Optional<T> through(Function<Chain, T> way) {
        lock.lock();
        try {
            Chain opened = sides.guards().open(this, new Sink());
            chain = opened;
            T passed = way.apply(opened);
            closed = true;
            opened.closed();
            return blocked || givenUp.isDone() ? Optional.empty() : Optional.of(passed);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("Turn {}: a guard failed at a text of {}, which is left out", turn(), whose, e);
            blocked = true;
            return Optional.empty();
        } finally {
            closed = true;
            lock.unlock();
        }
    }

    @Override
    public void tell() {
        said.forEach(sides::tell);
    }

    @Override
    public void giveUp() {
        givenUp.complete(null);
        cancelStages();
    }

    private void cancelStages() {
        Chain opened = chain;
        if (opened != null) {
            opened.cancel();
        }
    }

    @Override
    public void verdict(String interceptor, Decision decision, String rule) {
        said.add(new SideTexts.Said(interceptor, decision, whose + ": " + rule));
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        blocked = true;
        cancelStages();
    }

    /** Nothing of it was shown yet. */
    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        block(interceptor, rule, reason);
    }

    @Override
    public int shown() {
        return before.length() + out.length();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        return Waiting.either(what.toCompletableFuture(), givenUp, atMost) && !givenUp.isDone();
    }

    @Override
    public void step(Runnable step) {
        lock.lock();
        try {
            if (!closed && !blocked) {
                step.run();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("Turn {}: a guard failed at a text of {}, which is left out", turn(), whose, e);
            blocked = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean sealed() {
        return blocked;
    }

    @Override
    public String textBefore() {
        return before;
    }

    @Override
    public void spent(String model, Usage usage) {
        target.spent(model, usage);
    }

    /** What the other model says is counted by whoever asks it. */
    @Override
    public void outputTokens(long tokens) {}

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
    public boolean forProgram() {
        return target.forProgram();
    }

    /** The end of the chain: what arrives here may be shown. */
    private final class Sink implements Stage {
        @Override
        public void delta(String text) {
            if (!blocked) {
                out.append(text);
            }
        }

        @Override
        public void end() {
            // what passed is given back as a whole
        }
    }
}
