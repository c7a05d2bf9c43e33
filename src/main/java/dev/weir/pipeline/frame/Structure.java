package dev.weir.pipeline.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The block structure of a text, line by line: the first phase of CommonMark's parsing strategy (its appendix), with
 * GFM's tables, which releases each block as soon as it is complete. Its work for a line is bounded by the line's length
 * and {@link #DEEPEST}.
 */
final class Structure {

    /** Containers in containers beyond this many are left to the one who renders. */
    static final int DEEPEST = 64;

    private static final int CODE = 4;

    private final List<Node> open = new ArrayList<>();
    private final StringBuilder blanks = new StringBuilder();
    private final List<Block> out;
    private @Nullable Leaf leaf;
    /** The block that the last line belongs to, open or not; none for a blank one. */
    private @Nullable Leaf touched;
    /** How many of the open blocks go on in this line, the document included. */
    private int matched;

    private boolean opened;
    private long number;
    private int ids;

    /** @param out where the blocks are put */
    Structure(List<Block> out) {
        this.out = out;
        open.add(new Node(Node.Type.DOCUMENT, 0, null, 0));
    }

    /** The characters that have not been released. */
    int held() {
        return blanks.length() + (leaf == null ? 0 : leaf.held());
    }

    /**
     * Takes a line.
     *
     * @param text without its end
     * @param raw with its end, if it has one
     */
    void line(String text, String raw) {
        number++;
        opened = false;
        touched = null;
        Line line = new Line(text);
        matched = match(line);
        Leaf now = leaf;
        if (now != null && matched == open.size() && goesOn(now, line, raw)) {
            touched = now;
            return;
        }
        while (startsContainer(line)) {
            opened = true;
        }
        if (!startsLeaf(line, raw)) {
            take(line, raw);
        }
    }

    /** Takes more of a line that was too long to be taken whole. */
    void more(String raw) {
        Leaf now = touched;
        if (now == null) {
            blanks.append(raw);
            releaseHeld();
        } else {
            now.add(raw, BlockSplitter.withoutEnd(raw));
            out.add(now.release(true));
        }
    }

    /** Releases what is held although it is not complete. */
    void releaseHeld() {
        Leaf now = leaf;
        if (now != null && now.held() > 0) {
            out.add(now.release(true));
        } else if (!blanks.isEmpty()) {
            blank(open.getLast());
        }
    }

    void end() {
        close();
        if (!blanks.isEmpty()) {
            blank(open.getLast());
        }
    }

    private void blank(Node in) {
        out.add(new Block(
                Block.Kind.BLANK,
                ++ids,
                false,
                false,
                in.path(),
                blanks.toString(),
                "",
                in == open.getFirst() ? blanks.toString() : "",
                ""));
        blanks.setLength(0);
    }

    private void close() {
        Leaf now = leaf;
        if (now != null && now.held() > 0) {
            out.add(now.release(false));
        }
        leaf = null;
    }

    // --- blocks that are open ---

    private int match(Line line) {
        int count = 1;
        while (count < open.size() && goesOn(open.get(count), line)) {
            count++;
        }
        return count;
    }

    private static boolean goesOn(Node container, Line line) {
        return switch (container.type) {
            case QUOTE -> quote(line);
            case ITEM -> item(container, line);
            case DOCUMENT, LIST, LEAF -> true;
        };
    }

    private static boolean quote(Line line) {
        if (line.blank() || line.indent() >= CODE || line.peek() != '>') {
            return false;
        }
        line.take(1);
        line.skip(1);
        return true;
    }

    private static boolean item(Node item, Line line) {
        if (line.blank() && !item.isEmpty()) {
            line.skip(line.indent());
            return true;
        }
        boolean inside = !line.blank() && line.indent() >= item.indent;
        if (inside) {
            line.skip(item.indent);
        }
        return inside;
    }

    private boolean goesOn(Leaf now, Line line, String raw) {
        return switch (now.form) {
            case FENCED -> fenced(now, line, raw);
            case INDENTED -> indented(now, line, raw);
            case HTML -> html(now, line, raw);
            case PARAGRAPH, TABLE, LINE -> false;
        };
    }

    private boolean fenced(Leaf code, Line line, String raw) {
        boolean closes = !line.blank()
                && line.indent() < CODE
                && code.fence.filter(it -> it.closes(line)).isPresent();
        code.add(raw, line.rest());
        out.add(code.release(false));
        code.node.took(line.blank(), number);
        leaf = closes ? null : code;
        return true;
    }

    private boolean indented(Leaf code, Line line, String raw) {
        if (line.indent() >= CODE) {
            line.skip(CODE);
            code.add(raw, "    " + line.rest());
        } else if (line.blank()) {
            code.add(raw, "");
        } else {
            return false;
        }
        code.node.took(line.blank(), number);
        return true;
    }

    private boolean html(Leaf html, Line line, String raw) {
        if (line.blank() && html.html.endsAtBlank()) {
            return false;
        }
        addHtml(html, line.rest(), raw);
        html.node.took(false, number);
        return true;
    }

    private void addHtml(Leaf html, String line, String raw) {
        html.add(raw, line);
        if (HtmlMarks.ends(html.html, line)) {
            close();
        }
    }

    // --- blocks that begin ---

    private boolean isInParagraph() {
        return isParagraph() && matched == open.size();
    }

    private boolean isParagraph() {
        return leaf != null && leaf.form == Leaf.Form.PARAGRAPH;
    }

    private boolean startsContainer(Line line) {
        if (line.blank() || line.indent() >= CODE || open.size() > DEEPEST) {
            return false;
        }
        if (line.peek() == '>') {
            begin(Node.Type.QUOTE);
            quote(line);
            return true;
        }
        if (Markers.rule(line) || isUnderline(line) || isTable(line)) {
            return false;
        }
        Optional<Markers.Item> item = Markers.item(line, isInParagraph());
        item.ifPresent(it -> beginItem(line, it));
        return item.isPresent();
    }

    private void beginItem(Line line, Markers.Item item) {
        closeUnmatched();
        int before = line.indent();
        line.take(item.length());
        int space = line.blank() || line.indent() > CODE ? 1 : line.indent();
        line.skip(space);
        if (open.getLast().type != Node.Type.LIST || open.getLast().marker != item.kind()) {
            Node list = begin(Node.Type.LIST);
            list.marker = item.kind();
            list.start = item.start();
        }
        Node node = open.getLast().add(Node.Type.ITEM, ++ids, number);
        node.indent = before + item.length() + space;
        push(node);
    }

    /** Opens a container in the last one that goes on. */
    private Node begin(Node.Type type) {
        Node node = child(type);
        push(node);
        return node;
    }

    private void push(Node node) {
        open.add(node);
        matched = open.size();
    }

    private Node child(Node.Type type) {
        closeUnmatched();
        if (open.getLast().type == Node.Type.LIST) {
            open.removeLast();
            matched = open.size();
        }
        return open.getLast().add(type, ++ids, number);
    }

    private void closeUnmatched() {
        close();
        while (open.size() > matched) {
            open.removeLast();
        }
    }

    private Leaf begin(Leaf.Form form, Block.Kind kind) {
        Leaf begun = new Leaf(child(Node.Type.LEAF), form, kind, blanks);
        blanks.setLength(0);
        leaf = begun;
        touched = begun;
        return begun;
    }

    private boolean startsLeaf(Line line, String raw) {
        if (line.blank()) {
            return false;
        }
        if (line.indent() >= CODE) {
            return !isParagraph() && indented(begin(Leaf.Form.INDENTED, Block.Kind.CODE), line, raw);
        }
        if (Markers.heading(line)) {
            single(Block.Kind.HEADING, line, raw);
        } else if (isUnderline(line)) {
            underline(line, raw);
        } else if (isTable(line)) {
            table(line, raw);
        } else if (Markers.rule(line)) {
            single(Block.Kind.RULE, line, raw);
        } else {
            return startsFence(line, raw) || startsHtml(line, raw);
        }
        return true;
    }

    private void single(Block.Kind kind, Line line, String raw) {
        Leaf single = begin(Leaf.Form.LINE, kind);
        single.node.countsBlanks = false;
        single.add(raw, line.placed());
        close();
        single.node.took(false, number);
    }

    private boolean startsFence(Line line, String raw) {
        Optional<Markers.Fence> fence = Markers.fence(line);
        if (fence.isEmpty()) {
            return false;
        }
        Leaf code = begin(Leaf.Form.FENCED, Block.Kind.CODE);
        code.fence = fence;
        code.node.countsBlanks = false;
        code.add(raw, line.placed());
        releaseLead(code);
        code.node.took(false, number);
        return true;
    }

    private void releaseLead(Leaf begun) {
        Block first = begun.release(false);
        begun.lead(first.markdown());
        out.add(first);
    }

    private boolean startsHtml(Line line, String raw) {
        HtmlMarks.Kind kind = HtmlMarks.begins(line, !isParagraph());
        if (kind == HtmlMarks.Kind.NONE) {
            return false;
        }
        Leaf html = begin(Leaf.Form.HTML, Block.Kind.HTML);
        html.html = kind;
        html.node.took(false, number);
        addHtml(html, line.placed(), raw);
        return true;
    }

    private boolean isUnderline(Line line) {
        Leaf now = leaf;
        return now != null && isInParagraph() && Markers.underline(line) && now.hasText();
    }

    private void underline(Line line, String raw) {
        Leaf heading = leaf;
        if (heading != null) {
            heading.kind = Block.Kind.HEADING;
            heading.node.countsBlanks = false;
            heading.add(raw, line.placed());
            heading.node.took(false, number);
            touched = heading;
            close();
        }
    }

    private boolean isTable(Line line) {
        Leaf now = leaf;
        return now != null && isInParagraph() && Tables.begin(now.lastLine(), line.stripped());
    }

    private void table(Line line, String raw) {
        Leaf paragraph = leaf;
        if (paragraph != null) {
            leaf = null;
            Leaf table = begin(Leaf.Form.TABLE, Block.Kind.TABLE);
            paragraph.giveLastLine(table);
            if (paragraph.held() > 0) {
                out.add(paragraph.release(false));
            }
            table.add(raw, line.placed());
            table.node.took(false, number);
            releaseLead(table);
        }
    }

    // --- lines that begin nothing ---

    private void take(Line line, String raw) {
        Leaf now = leaf;
        if (line.blank()) {
            takeBlank(raw);
        } else if (now != null && now.form == Leaf.Form.PARAGRAPH) {
            boolean lazy = matched < open.size();
            now.add(raw, lazy ? "    " + line.stripped() : line.placed());
            now.node.took(false, number);
            touched = now;
        } else if (now != null && now.form == Leaf.Form.TABLE && matched == open.size()) {
            now.add(raw, line.placed());
            out.add(now.release(false));
            now.node.took(false, number);
            touched = now;
        } else {
            Leaf paragraph = begin(Leaf.Form.PARAGRAPH, Block.Kind.PARAGRAPH);
            paragraph.add(raw, line.placed());
            paragraph.node.took(false, number);
        }
    }

    private void takeBlank(String raw) {
        Leaf now = leaf;
        if (now != null && now.held() > 0) {
            now.addBlank(raw);
        } else {
            blanks.append(raw);
        }
        closeUnmatched();
        if (opened) {
            blank(open.getLast());
        }
        open.getLast().took(true, number);
    }
}
