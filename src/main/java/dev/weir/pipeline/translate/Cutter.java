package dev.weir.pipeline.translate;

import java.util.function.Consumer;

/**
 * Cuts a text that is still growing into pieces of one sentence each, with the markdown around it. Every character is
 * looked at a bounded number of times, and where the cuts are depends on the text alone, not on how it came: a sentence
 * ends when what follows can no longer be part of it. Code, rules and what else is not prose comes in pieces without any.
 */
final class Cutter {

    /** A piece is not longer than about this many characters; a longer sentence is cut between two words. */
    static final int LONGEST = 1200;

    /** Code is told of in pieces of at least this many characters. */
    static final int CODE_CHUNK = 256;

    /** A cut in a text without any space waits so long for a character that does not belong to the one before. */
    private static final int MOST_EXTENDS = 32;

    private enum Mode {
        /** At the beginning of a line. */
        HEAD,
        /** In prose. */
        PROSE,
        /** In a line that is no prose, to its end. */
        KEPT,
        /** In fenced code. */
        CODE,
        /** In displayed mathematics. */
        MATH
    }

    private final Consumer<Piece> out;
    private final StringBuilder open = new StringBuilder();
    private final LineHead head = new LineHead();
    private final Inline inline = new Inline();
    private final Fence fence = new Fence();
    private int base;
    private char half;
    private Mode mode = Mode.HEAD;

    /** Where the part of the line that is looked at begins. */
    private int headAt;

    private int proseFrom = -1;
    private int ink;
    private int lastSpace;
    private boolean marked;
    private boolean afterBlank = true;
    private boolean inList;
    private boolean inTable;
    private boolean lineStandsAlone;
    private long steps;

    /** @param from where the text begins */
    Cutter(int from, Consumer<Piece> out) {
        this.base = from;
        this.out = out;
    }

    void take(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (half != 0) {
                char first = half;
                half = 0;
                if (Character.isLowSurrogate(c)) {
                    step(Character.toCodePoint(first, c));
                    continue;
                }
                step(first);
            }
            if (Character.isHighSurrogate(c)) {
                half = c;
            } else {
                step(c);
            }
        }
    }

    /** The text ends here. */
    void end() {
        if (half != 0) {
            step(half);
            half = 0;
        }
        if (mode == Mode.HEAD && hasInk(headAt)) {
            head('\n');
        }
        emitAll();
    }

    /** Work done so far, in steps of a bounded time. */
    long steps() {
        return steps;
    }

    private void step(int c) {
        steps++;
        if (open.length() >= LONGEST) {
            cutLong(c);
        }
        int at = open.length();
        open.appendCodePoint(c);
        switch (mode) {
            case HEAD -> head(c);
            case PROSE -> prose(c, at);
            case KEPT -> kept(c);
            case CODE -> code(c);
            case MATH -> math(c);
        }
    }

    private void head(int c) {
        if (found(head.next(c))) {
            int left = open.length() - headAt;
            while (left > 0 && mode == Mode.PROSE) {
                steps++;
                int next = open.codePointAt(open.length() - left);
                prose(next, open.length() - left);
                left -= Character.charCount(next);
            }
        }
    }

    private boolean hasInk(int from) {
        steps += open.length() - from;
        return open.chars().skip(from).anyMatch(it -> !SentenceEnd.isSpace(it));
    }

    /** Goes on as a line's beginning says; true when what was looked at since {@link #headAt} is prose. */
    private boolean found(LineHead.Found found) {
        switch (found) {
            case OPEN -> {
                return false;
            }
            case TEXT -> {
                return text();
            }
            case INDENTED -> {
                if (afterBlank && !inList && !marked && proseFrom < 0) {
                    mode = Mode.KEPT;
                    return false;
                }
                return text();
            }
            case MARK -> mark();
            case HEADING -> heading();
            case BLANK -> blank();
            case RULE -> rule();
            case ROW -> row();
            case FENCE -> fenced();
            case MATH -> {
                closeParagraph();
                fence.math(head.mark());
                mode = Mode.MATH;
            }
        }
        return false;
    }

    private boolean text() {
        if (proseFrom < 0 && !marked && !head.indented()) {
            inList = false;
        }
        mode = Mode.PROSE;
        lineStandsAlone = inTable;
        return true;
    }

    private void mark() {
        closeParagraph();
        inList |= head.mark() != '>';
        marked = true;
        headAt = open.length();
        boolean ended = !open.isEmpty() && open.charAt(open.length() - 1) == '\n';
        if (ended) {
            nextLine(false);
        } else {
            head.begin();
        }
    }

    private void heading() {
        closeParagraph();
        headAt = open.length();
        if (open.charAt(open.length() - 1) == '\n') {
            nextLine(false);
        } else {
            mode = Mode.PROSE;
            lineStandsAlone = true;
        }
    }

    private void blank() {
        closeParagraph();
        inTable = false;
        nextLine(true);
    }

    private void rule() {
        steps += open.length() - headAt;
        inTable = open.indexOf("|", headAt) >= 0;
        closeParagraph();
        nextLine(false);
    }

    private void row() {
        closeParagraph();
        headAt = open.length();
        mode = Mode.PROSE;
        lineStandsAlone = true;
        inTable = true;
    }

    private void fenced() {
        closeParagraph();
        fence.open(head.mark(), head.run());
        mode = Mode.CODE;
        if (open.charAt(open.length() - 1) == '\n') {
            fence.next('\n');
        }
    }

    private void nextLine(boolean blank) {
        mode = Mode.HEAD;
        afterBlank = blank;
        marked = false;
        headAt = open.length();
        head.begin();
    }

    private void prose(int c, int index) {
        int at = index;
        int end = inline.confirmed(at, c);
        if (end >= 0) {
            emit(end);
            at -= end;
        }
        if (c == '\n') {
            lineEnd(at);
            return;
        }
        if (c == '|' && inTable && !inline.guarded()) {
            closeParagraph();
            return;
        }
        if (SentenceEnd.isSpace(c)) {
            lastSpace = at + 1;
        } else {
            proseFrom = proseFrom < 0 ? at : proseFrom;
            ink = at + Character.charCount(c);
        }
        inline.next(open, at, c);
    }

    private void lineEnd(int at) {
        lastSpace = at + 1;
        int end = inline.atLineEnd();
        boolean closes = lineStandsAlone || hardBreak(at);
        if (end >= 0) {
            emit(end);
        }
        if (closes) {
            closeParagraph();
        }
        nextLine(false);
    }

    private boolean hardBreak(int at) {
        return (at > 0 && open.charAt(at - 1) == '\\')
                || (at > 1 && open.charAt(at - 1) == ' ' && open.charAt(at - 2) == ' ');
    }

    private void kept(int c) {
        if (c == '\n') {
            chunk();
            nextLine(true);
        }
    }

    private void code(int c) {
        if (fence.next(c)) {
            emit(open.length());
            nextLine(false);
        } else if (c == '\n') {
            chunk();
        }
    }

    private void math(int c) {
        if (fence.endsMath(c)) {
            mode = Mode.KEPT;
        }
    }

    private void chunk() {
        if (open.length() >= CODE_CHUNK) {
            emit(open.length());
        }
    }

    /** The prose before the current line or cell, if there is any, is a piece of its own. */
    private void closeParagraph() {
        if (proseFrom >= 0) {
            emit(ink);
        }
        inline.begin();
    }

    /** A piece is too long: cuts it at the last space, or before this character, if that is not part of the last. */
    private void cutLong(int c) {
        if (mode == Mode.PROSE && proseFrom >= 0 && lastSpace > proseFrom) {
            emit(lastSpace);
        } else if (mode == Mode.HEAD) {
            closeParagraph();
            mode = hasInk(headAt) ? Mode.KEPT : Mode.HEAD;
            emitAll();
        } else if (open.length() >= LONGEST + MOST_EXTENDS || !joins(c)) {
            emitAll();
        }
        inline.begin();
    }

    private boolean joins(int c) {
        return SentenceEnd.isExtend(c) || open.charAt(open.length() - 1) == '\u200D';
    }

    private void emitAll() {
        if (!open.isEmpty()) {
            emit(open.length());
        }
    }

    private void emit(int end) {
        int from = proseFrom < 0 ? end : Math.min(proseFrom, end);
        int to = Math.max(from, Math.min(ink, end));
        while (to > from && SentenceEnd.isSpace(open.charAt(to - 1))) {
            to--;
            steps++;
        }
        steps += open.length();
        Piece piece = new Piece(base, open.substring(0, end), from, to);
        open.delete(0, end);
        base += end;
        inline.shift(end);
        headAt = Math.max(0, headAt - end);
        lastSpace = Math.max(0, lastSpace - end);
        ink = Math.max(0, ink - end);
        proseFrom = -1;
        for (int i = 0; i < ink; i++) {
            steps++;
            if (!SentenceEnd.isSpace(open.charAt(i))) {
                proseFrom = i;
                break;
            }
        }
        out.accept(piece);
    }
}
