package dev.weir.pipeline.frame;

import java.util.Optional;

/** An open block that has lines and no blocks in it: what of it has not been released yet. */
final class Leaf {

    /** How its lines are read. */
    enum Form {
        PARAGRAPH,
        FENCED,
        INDENTED,
        HTML,
        TABLE,
        /** One line and no more: a heading, a rule. */
        LINE
    }

    final Node node;
    final Form form;
    Block.Kind kind;
    Optional<Markers.Fence> fence = Optional.empty();
    HtmlMarks.Kind html = HtmlMarks.Kind.NONE;

    private final boolean outermost;
    private final StringBuilder raw = new StringBuilder();
    private final StringBuilder markdown = new StringBuilder();
    private int lastRaw;
    private int lastMarkdown;
    private String lead = "";
    private boolean released;
    /** The length of blank lines before it in which there are marks of containers. */
    private int marked;

    /** @param blanks the blank lines before it */
    Leaf(Node node, Form form, Block.Kind kind, CharSequence blanks) {
        this.node = node;
        this.form = form;
        this.kind = kind;
        this.outermost = node.path().isEmpty();
        this.marked = blanks.toString().isBlank() ? 0 : blanks.length();
        raw.append(blanks);
    }

    int held() {
        return raw.length();
    }

    /** Adds a line, or a part of one: as it is in the text, and without the marks of the containers. */
    void add(String rawLine, String line) {
        lastRaw = raw.length();
        lastMarkdown = markdown.length();
        raw.append(rawLine);
        boolean ends = rawLine.endsWith("\n") || rawLine.endsWith("\r");
        markdown.append(line).append(ends || line.isEmpty() ? "\n" : "");
    }

    /** Adds the blank line that ends it. */
    void addBlank(String rawLine) {
        raw.append(rawLine);
    }

    /** The last line that is still here; empty when there is none. */
    String lastLine() {
        return markdown.substring(lastMarkdown).stripTrailing();
    }

    /** Whether there is more than link reference definitions. */
    boolean hasText() {
        return released || !isBlank(markdown, Definitions.end(markdown.toString()));
    }

    /** Gives the last line to another block; all that is here when there is no other line. */
    void giveLastLine(Leaf to) {
        int from = lastMarkdown == 0 ? 0 : lastRaw;
        to.marked = from == 0 ? marked : 0;
        to.add(raw.substring(from), markdown.substring(lastMarkdown).stripTrailing());
        raw.setLength(from);
        markdown.setLength(lastMarkdown);
    }

    /** From now on what has been released leads further pieces. */
    void lead(String text) {
        lead = text;
    }

    /** All that is here as a block. */
    Block release(boolean partial) {
        String text = raw.toString();
        String lines = outermost ? text.substring(marked) : markdown.toString();
        int defined = definitions();
        boolean nothingElse = defined > 0 && isBlank(markdown, defined);
        Block block = new Block(
                nothingElse ? Block.Kind.DEFINITION : kind,
                node.id,
                released,
                partial,
                node.path(),
                text,
                released ? lead : "",
                lines,
                markdown.substring(0, defined));
        released = true;
        marked = 0;
        raw.setLength(0);
        markdown.setLength(0);
        lastRaw = 0;
        lastMarkdown = 0;
        return block;
    }

    private int definitions() {
        if (released || form != Form.PARAGRAPH) {
            return 0;
        }
        return Definitions.end(kind == Block.Kind.HEADING ? markdown.substring(0, lastMarkdown) : markdown.toString());
    }

    private static boolean isBlank(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!Line.isSpace(text.charAt(i)) && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                return false;
            }
        }
        return true;
    }
}
