package dev.weir.pipeline.frame;

/** Reads one complete open or closing tag (CommonMark section 6.6) that stands alone to the end of its line. */
final class TagReader extends Reader {

    private static final String NOT_UNQUOTED = "\"'=<>`";

    /** @param at where the {@code <} is */
    TagReader(String text, int at) {
        super(text, at + 1);
    }

    boolean isWhole() {
        boolean whole = has('/') ? name() && closed() : name() && attributes() && closed();
        spaces();
        return whole && at == text.length();
    }

    private boolean closed() {
        spaces();
        return has('>');
    }

    private boolean attributes() {
        while (spaces() && attribute()) {
            // one after the other
        }
        has('/');
        return true;
    }

    private boolean attribute() {
        if (!more() || !(HtmlMarks.isLetter(now()) || now() == '_' || now() == ':')) {
            return false;
        }
        while (more() && (HtmlMarks.isLetter(now()) || HtmlMarks.isDigit(now()) || "_:.-".indexOf(now()) >= 0)) {
            at++;
        }
        int end = at;
        spaces();
        if (!has('=')) {
            at = end;
            return true;
        }
        spaces();
        return value();
    }

    private boolean value() {
        if (more() && (now() == '"' || now() == '\'')) {
            int end = text.indexOf(now(), at + 1);
            at = end < 0 ? text.length() : end + 1;
            return end >= 0;
        }
        int from = at;
        while (more() && now() > ' ' && NOT_UNQUOTED.indexOf(now()) < 0) {
            at++;
        }
        return at > from;
    }

    private boolean name() {
        if (!more() || !HtmlMarks.isLetter(now())) {
            return false;
        }
        while (more() && (HtmlMarks.isLetter(now()) || HtmlMarks.isDigit(now()) || now() == '-')) {
            at++;
        }
        return true;
    }

    private boolean spaces() {
        int from = at;
        while (more() && HtmlMarks.isSpace(now())) {
            at++;
        }
        return at > from;
    }
}
