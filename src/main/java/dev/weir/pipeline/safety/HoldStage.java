package dev.weir.pipeline.safety;

import dev.weir.pipeline.Stage;

/** Shows nothing before it was judged. When the judge falls behind, the model is made to wait. */
final class HoldStage extends JudgeStage {

    private final Windows windows;
    private final StringBuilder held = new StringBuilder();
    private long place;

    HoldStage(Judging judging, Stage next) {
        super(judging, next);
        this.windows = new Windows(judging.window());
    }

    @Override
    public void delta(String text) {
        held.append(text);
        windows.add(text, end -> {
            if (!over() && !awaitAtMost(PARALLEL - 1)) {
                finish();
            }
            askUpTo((int) (end - place));
        });
        settle();
    }

    private void askUpTo(int length) {
        if (!over() && length > 0) {
            String window = held.substring(0, length);
            held.delete(0, length);
            place += length;
            ask(window, 0);
        }
    }

    @Override
    void passed(Window window) {
        next.delta(window.text());
    }

    @Override
    void failed(Window window, String rule) {
        finish();
        judging.branch().block(rule, judging.reason(rule));
    }

    /** Who stops an answer does not wait for judgements: what has none is not shown. */
    @Override
    public void end() {
        boolean wasOver = over();
        askUpTo(held.length());
        boolean all = awaitAtMost(0);
        if (!all) {
            finish();
        }
        if (!all || !over() || wasOver) {
            next.end();
        }
    }
}
