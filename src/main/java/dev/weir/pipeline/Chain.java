package dev.weir.pipeline;

import dev.weir.event.Event.ToolCall;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open stages of one branch. Called by one thread at a time, except {@link #cancel}. */
public final class Chain {

    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private final List<Stage> stages;
    private final Stage first;

    /**
     * @param stages from the model to the log; the last is what comes after the interceptors
     */
    Chain(List<Stage> stages) {
        this.stages = List.copyOf(stages);
        this.first = stages.getFirst();
    }

    /** True when {@link #prompt} waits for something outside. */
    public boolean promptWaits() {
        return stages.stream().anyMatch(Stage::promptWaits);
    }

    /** What may be sent to the model: prompts pass the stages from the log to the model. */
    public List<Line> prompt(List<Line> lines) {
        List<Line> now = lines;
        for (Stage stage : stages.reversed()) {
            List<Line> next = stage.prompt(now);
            if (next.size() != lines.size()) {
                throw new IllegalStateException(
                        "A stage gave back %d lines of %d".formatted(next.size(), lines.size()));
            }
            now = next;
        }
        return now;
    }

    /** Text from the model. */
    public void delta(String text) {
        first.delta(text);
    }

    /** What the model asks its caller to run, as it may be shown. */
    public ToolCall toolCall(ToolCall call) {
        ToolCall now = call;
        for (Stage stage : stages) {
            now = stage.toolCall(now);
        }
        return now;
    }

    /** A translation is about to be written into the log, beside the text; not empty. */
    public void variant(String language, String text) {
        stages.forEach(it -> it.variant(language, text));
    }

    /** Nobody waits for the answer any more. Any thread may call this, more than once. */
    public void cancel() {
        stages.forEach(Stage::cancel);
    }

    /** The text ends here: every stage releases or redacts what it holds. */
    public void end() {
        first.end();
    }

    /** Lets every stage go; what one of them throws, the others don't feel. */
    public void closed() {
        for (Stage stage : stages) {
            try {
                stage.closed();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A stage could not be closed", e);
            }
        }
    }
}
