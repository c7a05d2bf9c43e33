package dev.weir.turn;

import dev.weir.event.Usage;

/**
 * Is told of every branch that runs on this node. CDI beans of this type are found when the node starts. It must return
 * at once: no lock, no call over the network. What it throws is logged, and it hears no more of that branch.
 */
public interface TurnObserver {

    /**
     * A branch begins: it is in the log, and its model is about to be asked.
     *
     * @return who is told of the rest of it
     */
    BranchObserver started(StartedBranch branch);

    /**
     * A model was used beside an answer, to translate or to judge it, or to translate what a person said. Perhaps on any
     * thread.
     *
     * @param model its name in the catalogue
     */
    default void used(String model, Usage usage) {}
}
