package dev.weir.pipeline.translate;

/**
 * Follows the inline markdown of a paragraph, one code point after the other, so that no sentence ends within a code span
 * or a link.
 */
final class Inline {

    private static final int MOST_DEPTH = 8;

    private final SentenceEnd sentence = new SentenceEnd();
    private int ticks;
    private int run;
    private int depth;
    private int parentheses;
    private boolean escaped;
    private boolean afterBracket;

    /** A paragraph, or a part of one that stands for itself, begins. */
    void begin() {
        sentence.forget();
        ticks = 0;
        run = 0;
        depth = 0;
        parentheses = 0;
        escaped = false;
        afterBracket = false;
    }

    void shift(int characters) {
        sentence.shift(characters);
    }

    /** True within a code span and after a backslash. */
    boolean guarded() {
        return ticks > 0 || run > 0 || escaped;
    }

    int confirmed(int at, int c) {
        return sentence.confirmed(at, c);
    }

    int atLineEnd() {
        endRun();
        escaped = false;
        int end = sentence.atLineEnd();
        if (end >= 0) {
            begin();
        }
        return end;
    }

    void next(CharSequence text, int at, int c) {
        if (c == '`' && !escaped) {
            run++;
            return;
        }
        endRun();
        if (escaped) {
            escaped = false;
            return;
        }
        if (ticks > 0) {
            return;
        }
        if (c == '\\') {
            escaped = true;
        } else {
            brackets(c);
            if (depth == 0 && parentheses == 0) {
                sentence.look(text, at, c);
            }
        }
    }

    /** A run of backticks begins a code span, or ends one that as many began (CommonMark 6.1). */
    private void endRun() {
        if (run > 0) {
            ticks = ticks == 0 ? run : ticks == run ? 0 : ticks;
            run = 0;
        }
    }

    private void brackets(int c) {
        boolean directly = afterBracket;
        afterBracket = false;
        if (c == '[' && depth < MOST_DEPTH) {
            depth++;
        } else if (c == ']' && depth > 0) {
            depth--;
            afterBracket = true;
        } else if (c == '(' && (directly || parentheses > 0)) {
            parentheses++;
        } else if (c == ')' && parentheses > 0) {
            parentheses--;
        }
    }
}
