package dev.weir.pipeline.frame;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Renders with the reference library, and splits. */
final class Documents {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(List.of(TablesExtension.create())).build();

    private Documents() {}

    static String render(String markdown) {
        return RENDERER.render(PARSER.parse(markdown));
    }

    static List<Block> blocks(List<String> deltas) {
        return blocks(new BlockSplitter(), deltas);
    }

    static List<Block> blocks(BlockSplitter splitter, List<String> deltas) {
        List<Block> blocks = new ArrayList<>();
        deltas.forEach(it -> blocks.addAll(splitter.feed(it)));
        blocks.addAll(splitter.end());
        return blocks;
    }

    static List<Block> blocks(String text) {
        return blocks(List.of(text));
    }

    static String text(List<Block> blocks) {
        return blocks.stream().map(Block::text).reduce("", String::concat);
    }

    /** Joined as the blocks come: a definition holds for what comes after it. */
    static String joinedOnce(List<Block> blocks) {
        Joiner joiner = new Joiner(Documents::render);
        blocks.forEach(joiner::take);
        return joiner.html();
    }

    /** Joined, and what came before a definition rendered again. */
    static String joined(List<Block> blocks) {
        Joiner joiner = new Joiner(Documents::render);
        blocks.forEach(joiner::take);
        joiner.refer();
        return joiner.html();
    }
}
