package dev.weir.audit;

import dev.weir.event.Event.ToolCall;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Stage;
import java.time.Duration;
import java.util.List;

/** Records one branch's text as it is let through. */
final class Recording implements Stage {

    /** How long a branch that ends waits for the store at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Trail trail;
    private final BranchContext branch;
    private final Stage next;
    private final WhenUnavailable what;
    private final Who who;
    private final Where place;

    /** The first half of a surrogate pair, which is recorded with the second. */
    private String half = "";

    private long endingSince;

    Recording(Trail trail, BranchContext branch, Stage next, WhenUnavailable what) {
        this.trail = trail;
        this.branch = branch;
        this.next = next;
        this.what = what;
        this.who = new Who(branch.requestedBy().id(), branch.organisation());
        this.place = new Where(branch.room(), branch.turn(), branch.branch(), branch.model());
    }

    @Override
    public boolean promptWaits() {
        return what == WhenUnavailable.WAIT && !trail.available();
    }

    @Override
    public List<Line> prompt(List<Line> lines) {
        trail.admit(what, this::givesUp);
        return lines;
    }

    @Override
    public void delta(String text) {
        if (!branch.sealed()) {
            record(text);
        }
        next.delta(text);
    }

    private void record(String text) {
        String whole = half.isEmpty() ? text : half + text;
        int last = whole.length() - 1;
        boolean open = Character.isHighSurrogate(whole.charAt(last));
        half = open ? whole.substring(last) : "";
        String kept = open ? whole.substring(0, last) : whole;
        if (!kept.isEmpty()) {
            take(Kind.TEXT, "", kept);
        }
    }

    private void take(Kind kind, String subject, String text) {
        trail.take(new Fact(trail.now(), kind, who, place, "", subject, text, 1), what, this::givesUp);
    }

    /** A branch that is about to end waits no longer than a moment, whatever it ends for. */
    private boolean givesUp() {
        if (!branch.ending()) {
            return false;
        }
        long now = System.nanoTime();
        endingSince = endingSince == 0 ? now : endingSince;
        return now - endingSince > PATIENCE.toNanos();
    }

    @Override
    public void variant(String language, String text) {
        if (!branch.sealed()) {
            take(Kind.TRANSLATION, language, text);
        }
    }

    @Override
    public ToolCall toolCall(ToolCall call) {
        take(Kind.TOOL_CALL, call.id(), call.name() + " " + call.arguments());
        return call;
    }

    @Override
    public void end() {
        if (!half.isEmpty()) {
            take(Kind.TEXT, "", half);
            half = "";
        }
        next.end();
    }
}
