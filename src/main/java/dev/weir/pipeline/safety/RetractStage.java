package dev.weir.pipeline.safety;

import dev.weir.pipeline.Stage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows text at once, has it judged meanwhile, and takes back what goes against a rule, with all that follows it. */
final class RetractStage extends JudgeStage {

    /** With so many windows without a judgement, the model is made to wait. */
    private static final int MOST = 32;

    private final Windows windows;
    private final StringBuilder window = new StringBuilder();
    private long place;
    private int mark = -1;

    RetractStage(Judging judging, Stage next) {
        super(judging, next);
        this.windows = new Windows(judging.window());
    }

    @Override
    public void delta(String text) {
        Passing passing = new Passing(text);
        windows.add(text, passing::windowEndsAt);
        passing.rest();
        settle();
    }

    /** One delta on its way, in pieces that each belong to one window. */
    private final class Passing {
        private final String text;
        private final long before = place;
        private int done;

        Passing(String text) {
            this.text = text;
        }

        void windowEndsAt(long end) {
            pass((int) (end - before));
            if (!over()) {
                askWindow();
                awaitAtMost(MOST);
            }
        }

        void rest() {
            pass(text.length());
        }

        private void pass(int until) {
            if (until > done && !over() && !judging.branch().sealed()) {
                String piece = text.substring(done, until);
                mark = mark < 0 ? judging.branch().shown() : mark;
                window.append(piece);
                place += piece.length();
                done = until;
                next.delta(piece);
            }
        }
    }

    private void askWindow() {
        if (!window.isEmpty()) {
            String text = window.toString();
            window.setLength(0);
            int from = mark;
            mark = -1;
            ask(text, from);
        }
    }

    @Override
    void passed(Window window) {
        // it was shown already
    }

    @Override
    void failed(Window window, String rule) {
        if (judging.enforced()) {
            finish();
        }
        judging.branch().withdraw(window.mark(), rule, judging.reason(rule));
    }

    /** What was shown is judged to the end, also when somebody stopped the answer. */
    @Override
    boolean insists(Pending verdict) {
        if (!judging.enforced()) {
            return false;
        }
        try {
            verdict.judgement().get(judging.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict.giveUp();
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            verdict.giveUp();
        }
        return verdict.there();
    }

    @Override
    public void end() {
        if (!over()) {
            askWindow();
            awaitAtMost(0);
        }
        if (!over()) {
            finish();
            next.end();
        }
    }

    /** Also when another guard has ended the answer, what was shown before is judged, and taken back where it is bad. */
    @Override
    public void closed() {
        if (!over() && judging.enforced()) {
            askWindow();
            awaitAtMost(0);
            finish();
        }
    }
}
