package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * One text beside a branch's own, such as a sentence that another model is to translate: passes the guards by itself, like
 * any prompt and like any answer. What a guard decides concerns this text alone; the branch goes on. A guard that can't run
 * or fails lets nothing through. For one use of {@link #sent} or {@link #received}.
 */
public interface SideText {

    /** What of these may be sent to the other model, as many; empty when it may not be asked. May wait. */
    Optional<List<Line>> sent(List<Line> lines);

    /**
     * What may be shown of a text that came back, whole; empty when nothing of it may. May wait.
     *
     * @param before what stands before it, as far as guards may want to know; may be empty
     * @param asked what was to be sent for it, when guards have changed that: they may turn their changes back
     */
    Optional<String> received(String before, Optional<Line> asked, String text);

    /** Writes into the branch's log what guards have decided; within a step of the branch. The same is said once. */
    void tell();

    /** Nobody needs it any more: a wait ends, and nothing is let through. Any thread may call this, more than once. */
    void giveUp();
}
