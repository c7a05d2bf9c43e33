package dev.weir.pipeline.redact;

import java.util.Arrays;

/** The end of a text: what is still held, and some of what went before it. Not thread-safe. */
final class Window {

    /** Characters before those that are held which can be looked back at. */
    static final int LOOK_BACK = 64;

    private char[] chars = new char[1024];
    private int base;
    private int end;

    /** After the last character. */
    int end() {
        return end;
    }

    /** A character; a line break where the text has none yet. */
    char at(int position) {
        return position < 0 ? '\n' : chars[position - base];
    }

    String text(int from, int to) {
        return new String(chars, from - base, to - from);
    }

    /**
     * @param held from where on the text is still wanted
     */
    void append(String text, int from, int to, int held) {
        int more = to - from;
        if (end - base + more > chars.length) {
            makeRoom(more, Math.max(base, Math.min(held, end) - LOOK_BACK));
        }
        text.getChars(from, to, chars, end - base);
        end += more;
    }

    private void makeRoom(int more, int first) {
        int kept = end - first;
        char[] to = kept + more > chars.length / 2 ? new char[Math.max(chars.length, 2 * (kept + more))] : chars;
        System.arraycopy(chars, first - base, to, 0, kept);
        chars = to;
        base = first;
    }

    /** Never what it holds. */
    @Override
    public String toString() {
        return "Window" + Arrays.asList(base, end);
    }
}
