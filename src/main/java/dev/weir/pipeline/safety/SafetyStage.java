package dev.weir.pipeline.safety;

import dev.weir.event.Event.ToolCall;
import dev.weir.event.Event.Verdict.Decision;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes on what can't become a term any more, holds the rest, and ends the branch when it has become one. */
final class SafetyStage implements Stage {

    private static final int TAIL = 1024;

    private final BranchContext branch;
    private final Stage next;
    private final Rules rules;
    private final Scan scan;
    private final boolean holds;
    private final Map<String, Action> actions;
    private final PromptPart prompts;
    private final String message;
    private final String selfHarmMessage;
    private final StringBuilder held = new StringBuilder();
    private final Set<String> said = new HashSet<>();
    private long released;
    private boolean blocked;

    /**
     * @param actions what is to be done about the categories when the interceptor is enforced
     */
    SafetyStage(BranchContext branch, Stage next, Rules rules, Map<String, Action> actions) {
        this.branch = branch;
        this.next = next;
        this.rules = rules;
        this.actions = Map.copyOf(actions);
        this.prompts = PromptPart.of(branch.setting(PromptPart.KEY, PromptPart.NEWEST.word()));
        this.message = branch.setting("message", SafetyLists.MESSAGE);
        this.selfHarmMessage = branch.setting("self-harm-message", SafetyLists.SELF_HARM_MESSAGE);
        this.holds = rules.blocks();
        String before = branch.textBefore();
        String tail = before.substring(Math.max(0, before.length() - TAIL));
        this.scan = new Scan(rules, tail.length());
        scan.take(tail);
        scan.reported();
    }

    @Override
    public List<Line> prompt(List<Line> lines) {
        for (String text : prompts.of(lines)) {
            look(text);
        }
        return lines;
    }

    /** Looks at a whole text. */
    private void look(String text) {
        Scan whole = new Scan(rules, 0);
        if (whole.take(text)) {
            whole.end();
        }
        report(whole);
        block(whole.blocked());
    }

    @Override
    public void delta(String text) {
        if (blocked) {
            return;
        }
        scan.take(text);
        report(scan);
        if (!holds) {
            next.delta(text);
            return;
        }
        show(text);
        block(scan.blocked());
    }

    private void show(String text) {
        long length = scan.safe() - released;
        if (held.isEmpty() && length == text.length()) {
            released += length;
            next.delta(text);
        } else {
            held.append(text);
            release();
        }
    }

    private void release() {
        int length = (int) (scan.safe() - released);
        if (length > 0) {
            String shown = held.substring(0, length);
            held.delete(0, length);
            released += length;
            next.delta(shown);
        }
    }

    private void block(Optional<String> rule) {
        if (rule.isPresent() && !blocked) {
            blocked = true;
            held.setLength(0);
            branch.block(rule.get(), rule.get().equals(Categories.SELF_HARM) ? selfHarmMessage : message);
        }
    }

    /** Each category is reported once. */
    private void report(Scan found) {
        for (String rule : found.reported()) {
            if (said.add(rule)) {
                branch.verdict(wouldBlock(rule) ? Decision.BLOCKED : Decision.PASSED, rule);
            }
        }
    }

    /** Whether it is reported only because the whole interceptor only reports. */
    private boolean wouldBlock(String rule) {
        return branch.mode() == Mode.REPORT && actions.getOrDefault(rule, Action.BLOCK) == Action.BLOCK;
    }

    @Override
    public ToolCall toolCall(ToolCall call) {
        look(call.arguments());
        return blocked ? new ToolCall(call.id(), call.name(), "{}") : call;
    }

    @Override
    public void end() {
        if (blocked) {
            return;
        }
        scan.end();
        report(scan);
        if (holds) {
            release();
            block(scan.blocked());
        }
        if (!blocked) {
            next.end();
        }
    }
}
