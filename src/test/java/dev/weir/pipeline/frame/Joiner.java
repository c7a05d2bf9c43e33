package dev.weir.pipeline.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts blocks together again as {@code docs/framing.md} says: each piece is rendered once, by itself; what belongs to
 * the same container or block is put into the same element. The reference for every client.
 */
final class Joiner {

    private final UnaryOperator<String> render;
    private final Group root = new Group(Optional.empty());
    private final List<Group> open = new ArrayList<>(List.of(root));
    private final StringBuilder definitions = new StringBuilder();
    private boolean defined;

    /** A part of the page: a container, or a block. */
    private sealed interface Part permits Group, Single {}

    private static final class Group implements Part {
        final Optional<Container> container;
        final List<Part> parts = new ArrayList<>();
        boolean loose;

        Group(Optional<Container> container) {
            this.container = container;
        }

        boolean is(Container other) {
            return container.filter(it -> it.id() == other.id()).isPresent();
        }
    }

    private static final class Single implements Part {
        final int id;
        final List<Block> pieces = new ArrayList<>();
        String html = "";

        Single(int id) {
            this.id = id;
        }
    }

    /** @param render a renderer of CommonMark with tables */
    Joiner(UnaryOperator<String> render) {
        this.render = render;
    }

    void take(Block block) {
        open(block.in());
        if (block.kind() != Block.Kind.BLANK) {
            take(block, open.getLast().parts);
        }
        if (!block.defines().isEmpty()) {
            definitions.append(block.defines()).append("\n\n");
            defined = true;
        }
    }

    private void open(List<Container> path) {
        int same = 0;
        while (same < path.size()
                && same + 1 < open.size()
                && open.get(same + 1).is(path.get(same))) {
            open.get(same + 1).loose |= path.get(same).loose();
            same++;
        }
        open.subList(same + 1, open.size()).clear();
        for (Container container : path.subList(same, path.size())) {
            Group group = new Group(Optional.of(container));
            group.loose = container.loose();
            open.getLast().parts.add(group);
            open.add(group);
        }
    }

    private void take(Block block, List<Part> parts) {
        if (block.continues()) {
            Single single = (Single) parts.getLast();
            if (single.id != block.id()) {
                throw new AssertionError("It continues another: " + block);
            }
            single.pieces.add(block);
            single.html = joined(single, block);
        } else {
            Single single = new Single(block.id());
            single.pieces.add(block);
            single.html = rendered(block.markdown());
            parts.add(single);
        }
    }

    /** A further row, or line of code, goes into the element that is there; what was cut is rendered again as a whole. */
    private String joined(Single single, Block piece) {
        if (single.pieces.stream().anyMatch(Block::partial)) {
            return rendered(whole(single));
        }
        String html = rendered(piece.lead() + piece.markdown());
        return switch (piece.kind()) {
            case CODE -> code(single.html, html);
            case TABLE -> table(single.html, html);
            default -> throw new AssertionError("It is whole, and yet continues: " + piece);
        };
    }

    private static String code(String before, String more) {
        String end = "</code></pre>\n";
        String content = more.substring(more.indexOf('>', more.indexOf("<code")) + 1, more.length() - end.length());
        return before.substring(0, before.length() - end.length()) + content + end;
    }

    private static String table(String before, String more) {
        String body = "<tbody>\n";
        String end = "</tbody>\n</table>\n";
        String rows = more.substring(more.indexOf(body) + body.length(), more.length() - end.length());
        return before.contains(body)
                ? before.substring(0, before.length() - end.length()) + rows + end
                : before.substring(0, before.length() - "</table>\n".length()) + body + rows + end;
    }

    private String rendered(String markdown) {
        return render.apply(definitions + markdown);
    }

    /** Renders what came before a definition again: it may be what it refers to. */
    void refer() {
        if (defined) {
            refer(root);
            defined = false;
        }
    }

    private void refer(Group group) {
        for (Part part : group.parts) {
            switch (part) {
                case Group it -> refer(it);
                case Single it -> it.html = rendered(whole(it));
            }
        }
    }

    private static String whole(Single single) {
        return single.pieces.stream().map(Block::markdown).reduce("", String::concat);
    }

    String html() {
        StringBuilder html = new StringBuilder();
        write(root, false, html);
        return html.toString();
    }

    private static void write(Group group, boolean tight, StringBuilder html) {
        boolean inTight = tight
                && group.container
                        .filter(it -> it.kind() == Container.Kind.ITEM)
                        .isPresent();
        for (Part part : group.parts) {
            switch (part) {
                case Group it -> container(it, tight, html);
                case Single it -> leaf(it, inTight, html);
            }
        }
    }

    private static void container(Group group, boolean tight, StringBuilder html) {
        Container container = group.container.orElseThrow();
        switch (container.kind()) {
            case QUOTE -> wrapped("blockquote", "", group, false, html);
            case ITEM -> {
                html.append("<li>");
                write(group, tight, html);
                html.append("</li>");
                line(html);
            }
            case LIST ->
                wrapped(
                        container.start() < 0 ? "ul" : "ol",
                        container.start() < 0 || container.start() == 1 ? "" : " start=\"" + container.start() + "\"",
                        group,
                        !group.loose,
                        html);
        }
    }

    private static void wrapped(String tag, String attributes, Group group, boolean tight, StringBuilder html) {
        line(html);
        html.append('<').append(tag).append(attributes).append(">\n");
        write(group, tight, html);
        line(html);
        html.append("</").append(tag).append(">\n");
    }

    private static void leaf(Single single, boolean tight, StringBuilder html) {
        boolean bare = tight && single.html.startsWith("<p>") && single.html.endsWith("</p>\n");
        if (bare) {
            html.append(single.html, "<p>".length(), single.html.length() - "</p>\n".length());
        } else if (!single.html.isEmpty()) {
            line(html);
            html.append(single.html);
            line(html);
        }
    }

    private static void line(StringBuilder html) {
        if (!html.isEmpty() && html.charAt(html.length() - 1) != '\n') {
            html.append('\n');
        }
    }
}
