package dev.weir.turn;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** What every branch needs of its surroundings. */
record TurnContext(
        AnswerKeeper cold, TurnSettings settings, InstantSource clock, ExecutorService executor, Purse purse) {

    void execute(Runnable task) {
        executor.execute(task);
    }

    void after(Duration wait, Runnable task) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(task);
    }
}
