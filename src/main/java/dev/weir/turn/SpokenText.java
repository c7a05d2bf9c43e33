package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.pipeline.Branch;
import dev.weir.pipeline.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** What a person has said, as a branch that is only translated: its text is in the log already. */
final class SpokenText implements Branch {

    private final String room;
    private final String organisation;
    private final Event.Message message;
    private final BranchWriter writer;
    private final SideUse side;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    SpokenText(String room, String organisation, Event.Message message, BranchWriter writer, SideUse side) {
        this.room = room;
        this.organisation = organisation;
        this.message = message;
        this.writer = writer;
        this.side = side;
    }

    /** Runs the stages, apart from their steps. */
    void run(Runnable stages) {
        lock.lock();
        try {
            closed = true;
            stages.run();
        } finally {
            lock.unlock();
        }
    }

    /** All there is when it is in the log; empty when there is none or the log did not take it. */
    Variants written() {
        return writer.flush() ? writer.wholeVariants() : Variants.NONE;
    }

    @Override
    public void variant(String language, int from, int to, String text, boolean original) {
        writer.variant(new Event.Variant("", message.id(), language, from, to, text, original));
    }

    @Override
    public void verdict(String interceptor, Verdict.Decision decision, String rule) {
        writer.events(List.of(new Verdict("", message.id(), interceptor, decision, rule)));
    }

    @Override
    public void spent(String model, Usage usage) {
        side.add(model, usage);
    }

    @Override
    public Optional<Member> author() {
        return Optional.of(message.from());
    }

    @Override
    public void step(Runnable step) {
        lock.lock();
        try {
            if (!closed) {
                step.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        return Waiting.either(what.toCompletableFuture(), new CompletableFuture<>(), atMost);
    }

    @Override
    public int shown() {
        return message.text().length();
    }

    @Override
    public String room() {
        return room;
    }

    /** No turn. */
    @Override
    public String turn() {
        return "";
    }

    @Override
    public String branch() {
        return message.id();
    }

    /** No model. */
    @Override
    public String model() {
        return "";
    }

    @Override
    public String organisation() {
        return organisation;
    }

    @Override
    public Member requestedBy() {
        return message.from();
    }

    @Override
    public String textBefore() {
        return "";
    }

    /** What somebody has said stays said; translating can't take it back. */
    @Override
    public void block(String interceptor, String rule, String reason) {}

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {}

    @Override
    public void outputTokens(long tokens) {}
}
