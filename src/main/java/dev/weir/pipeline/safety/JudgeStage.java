package dev.weir.pipeline.safety;

import dev.weir.event.Event.ToolCall;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What both ways of judging an answer share: the windows whose judgements are on their way, in order, and how prompts and
 * tool calls are judged.
 */
abstract class JudgeStage implements Stage {

    /** So many windows are judged at a time. */
    static final int PARALLEL = 4;

    private static final int LEAST_PROMPT_WINDOW = 4000;

    final Judging judging;
    final Stage next;
    final StringBuilder context = new StringBuilder();
    private final Deque<Window> asked = new ArrayDeque<>();
    private boolean over;

    /**
     * A piece of the answer that is being judged.
     *
     * @param mark how much of the branch was shown before it
     */
    record Window(String text, int mark, Pending verdict) {}

    JudgeStage(Judging judging, Stage next) {
        this.judging = judging;
        this.next = next;
        context.append(judging.branch().textBefore());
        forget();
    }

    /** The text may be shown, as far as it is not yet. */
    abstract void passed(Window window);

    /** The text goes against a rule. */
    abstract void failed(Window window, String rule);

    final boolean over() {
        return over;
    }

    /** Has a piece of the answer judged. */
    final void ask(String text, int mark) {
        Window window = new Window(text, mark, judging.begin(context.toString(), text));
        context.append(text);
        forget();
        asked.add(window);
        window.verdict().then(() -> judging.branch().step(this::settle));
    }

    private void forget() {
        int tooMuch = context.length() - judging.window();
        if (tooMuch > 0) {
            context.delete(0, tooMuch);
        }
    }

    /** Decides about windows whose judgements are there, in order. */
    final void settle() {
        while (!over && !asked.isEmpty() && asked.getFirst().verdict().there()) {
            Window window = asked.removeFirst();
            String rule = judging.rule(window.verdict());
            if (rule.isEmpty()) {
                passed(window);
            } else {
                failed(window, rule);
            }
        }
    }

    /** Nothing more is judged or passed on. */
    final void finish() {
        over = true;
        asked.forEach(it -> it.verdict().giveUp());
        asked.clear();
    }

    /**
     * Waits until not more than so many windows are without a judgement.
     *
     * @return false when nobody waits for the branch any more
     */
    final boolean awaitAtMost(int most) {
        settle();
        while (!over && asked.size() > most) {
            Pending first = asked.getFirst().verdict();
            if (!judging.await(first) && !first.there() && !insists(first)) {
                return false;
            }
            settle();
        }
        return true;
    }

    /** Waits on, though nobody waits for the branch any more. */
    boolean insists(Pending verdict) {
        return false;
    }

    /** What another guard has ended is not judged to the end. */
    @Override
    public void closed() {
        finish();
    }

    @Override
    public boolean promptWaits() {
        return judging.enforced() && judging.prompts() != PromptPart.NONE;
    }

    @Override
    public List<Line> prompt(List<Line> lines) {
        for (String text : judging.prompts().of(lines)) {
            whole(text);
        }
        return lines;
    }

    /** Judges a whole text that is there; ends the branch when it goes against a rule. */
    private void whole(String text) {
        Deque<Pending> verdicts = new ArrayDeque<>();
        int size = Math.max(LEAST_PROMPT_WINDOW, 4 * judging.window());
        for (int from = 0; from < text.length() && !over; from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            Pending verdict = judging.begin(text.substring(Math.max(0, from - judging.window()), from), piece);
            if (!judging.enforced()) {
                verdict.then(() -> judging.branch().step(() -> decide(verdict)));
                continue;
            }
            verdicts.add(verdict);
            if (verdicts.size() == PARALLEL) {
                awaitAndDecide(verdicts.removeFirst());
            }
        }
        while (!verdicts.isEmpty() && !over) {
            awaitAndDecide(verdicts.removeFirst());
        }
        verdicts.forEach(Pending::giveUp);
    }

    private void awaitAndDecide(Pending verdict) {
        if (judging.await(verdict) || verdict.there()) {
            decide(verdict);
        } else {
            verdict.giveUp();
            over = true;
        }
    }

    private void decide(Pending verdict) {
        String rule = judging.rule(verdict);
        if (!rule.isEmpty()) {
            over = judging.enforced();
            judging.branch().block(rule, judging.reason(rule));
        }
    }

    @Override
    public ToolCall toolCall(ToolCall call) {
        if (!over && !call.arguments().isBlank()) {
            whole(call.arguments());
        }
        return over ? new ToolCall(call.id(), call.name(), "{}") : call;
    }
}
