package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;

/** What the pipeline asks of the branch it is built for; the turn implements it. */
public interface Branch {

    String room();

    String turn();

    String branch();

    String model();

    String textBefore();

    void verdict(String interceptor, Verdict.Decision decision, String rule);

    void block(String interceptor, String rule, String reason);

    void outputTokens(long tokens);
}
