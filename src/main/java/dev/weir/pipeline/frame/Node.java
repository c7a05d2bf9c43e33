package dev.weir.pipeline.frame;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block of the document, as far as later lines can still depend on it. Only the last child of a node is kept. */
final class Node {

    /** What it is; a leaf has no blocks in it. */
    enum Type {
        DOCUMENT,
        QUOTE,
        LIST,
        ITEM,
        LEAF
    }

    final Type type;
    final int id;
    final @Nullable Node parent;
    private final long line;
    private @Nullable Node last;

    /** Whether blank lines in it or after it count for the list around it: not for headings, rules and fenced code. */
    boolean countsBlanks = true;

    private boolean lastLineBlank;
    private boolean loose;
    /** The marker of a list: its bullet or the delimiter of its numbers. */
    char marker;
    /** See {@link Container#start}. */
    int start = -1;
    /** The columns that the lines of an item are indented at least. */
    int indent;

    Node(Type type, int id, @Nullable Node parent, long line) {
        this.type = type;
        this.id = id;
        this.parent = parent;
        this.line = line;
    }

    boolean isEmpty() {
        return last == null;
    }

    /** Adds a child. A blank line between two children, or between two items, makes a list loose (section 5.3). */
    Node add(Type type, int id, long line) {
        Node before = last;
        if (before != null && before.endsWithBlank()) {
            Node list = this.type == Type.ITEM ? parent : this;
            if (list != null) {
                list.loose = true;
            }
        }
        Node child = new Node(type, id, this, line);
        last = child;
        return child;
    }

    private boolean endsWithBlank() {
        Node node = this;
        while (node != null && !node.lastLineBlank) {
            node = node.type == Type.LIST || node.type == Type.ITEM ? node.last : null;
        }
        return node != null;
    }

    /** A line has been added here, or to no child of this; the same rules as the reference implementation's. */
    void took(boolean blank, long line) {
        if (blank && last != null) {
            last.lastLineBlank = true;
        }
        boolean begins = type == Type.ITEM && last == null && this.line == line;
        lastLineBlank = blank && type != Type.QUOTE && countsBlanks && !begins;
        for (Node node = parent; node != null; node = node.parent) {
            node.lastLineBlank = false;
        }
    }

    /** The containers from the outermost down to this node. */
    List<Container> path() {
        Deque<Container> path = new ArrayDeque<>();
        for (Node node = this; node != null; node = node.parent) {
            node.container(path);
        }
        return List.copyOf(path);
    }

    private void container(Deque<Container> path) {
        switch (type) {
            case QUOTE -> path.push(new Container(Container.Kind.QUOTE, id, -1, false));
            case LIST -> path.push(new Container(Container.Kind.LIST, id, start, loose));
            case ITEM -> path.push(new Container(Container.Kind.ITEM, id, -1, false));
            case DOCUMENT, LEAF -> {}
        }
    }
}
