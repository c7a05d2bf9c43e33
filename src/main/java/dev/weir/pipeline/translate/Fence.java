package dev.weir.pipeline.translate;

/** Watches for the end of what is not prose over several lines: fenced code (CommonMark 4.5), displayed mathematics. */
final class Fence {

    private enum At {
        START,
        RUN,
        SPACES,
        ELSEWHERE
    }

    private int mark;
    private int length;
    private int run;
    private At at = At.ELSEWHERE;
    private int before;

    /** Code begins: so many of this mark, still in the line with the marks. */
    void open(int fenceMark, int fenceLength) {
        mark = fenceMark;
        length = fenceLength;
        at = At.ELSEWHERE;
    }

    void math(int mathMark) {
        mark = mathMark;
        before = 0;
    }

    /** The next character of the code; true at the end of the line that closes it. */
    boolean next(int c) {
        if (c == '\n') {
            boolean closes = (at == At.RUN || at == At.SPACES) && run >= length;
            at = At.START;
            run = 0;
            return closes;
        }
        boolean space = c == ' ' || c == '\t' || c == '\r';
        switch (at) {
            case START -> {
                if (c == mark) {
                    at = At.RUN;
                    run = 1;
                } else if (!space && c != '>') {
                    at = At.ELSEWHERE;
                }
            }
            case RUN -> {
                if (c == mark) {
                    run++;
                } else {
                    at = space ? At.SPACES : At.ELSEWHERE;
                }
            }
            case SPACES -> at = space ? At.SPACES : At.ELSEWHERE;
            case ELSEWHERE -> {}
        }
        return false;
    }

    /** The next character of the mathematics; true when this was the last. */
    boolean endsMath(int c) {
        boolean ends = mark == '$' ? c == '$' && before == '$' : c == ']' && before == '\\';
        before = c;
        return ends;
    }
}
