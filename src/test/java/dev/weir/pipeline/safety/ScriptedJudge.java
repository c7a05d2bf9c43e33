package dev.weir.pipeline.safety;

import dev.weir.event.Usage;
import dev.weir.pipeline.safety.Judge.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A judge that says what the test says, when the test says. Finds fault with every text that has {@code BAD} in it. */
final class ScriptedJudge implements Judge, Judges {

    record Asked(String context, String text, CompletableFuture<Judgement> reply) {

        void judge() {
            reply.complete(judgement(text));
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean atOnce;

    /** One that judges everything at once. */
    static ScriptedJudge prompt() {
        ScriptedJudge judge = new ScriptedJudge();
        judge.atOnce = true;
        return judge;
    }

    static Judgement judgement(String text) {
        return text.contains("BAD") ? new Judgement("hate", 0.9) : Judgement.HARMLESS;
    }

    @Override
    public Judge of(By by, Consumer<Usage> spent) {
        if (by.model().equals("nobody")) {
            throw new IllegalArgumentException("There is no model “nobody”.");
        }
        return this;
    }

    @Override
    public CompletableFuture<Judgement> judge(String context, String text) {
        Asked now = new Asked(context, text, new CompletableFuture<>());
        asked.add(now);
        if (atOnce) {
            now.judge();
        }
        return now.reply();
    }

    List<String> texts() {
        return asked.stream().map(Asked::text).toList();
    }

    /** Replies in an order of its own until it is interrupted. */
    Thread replying(long seed) {
        Random random = new Random(seed);
        return Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                List<Asked> open = new ArrayList<>(asked);
                open.removeIf(it -> it.reply().isDone());
                if (open.isEmpty()) {
                    LockSupport.parkNanos(20_000);
                } else {
                    open.get(random.nextInt(open.size())).judge();
                }
            }
        });
    }
}
