package dev.weir.pipeline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weir.pipeline.Splits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockSplitterTest {

    /** Whatever may stand at the start of a line, and after it. */
    private static final String[] HEADS = {
        "", "", "> ", "- ", "1. ", "2. ", "  ", "    ", "   ", "\t", "> > ", "- - ", ">"
    };

    private static final String[] TAILS = {
        "",
        "foo",
        "bar baz",
        "# h",
        "===",
        "---",
        "***",
        "```",
        "~~~",
        "``` java",
        "<div>",
        "</b>",
        "<!-- c",
        "-->",
        "<pre>",
        "[foo]: /url",
        "[foo]",
        "[foo]:",
        "'title'",
        "foo  ",
        "a\\",
        "*",
        "1. x",
        "**b**",
        "`code",
        ">",
        "| a | b |",
        "| - | - |",
        "\u00a0",
        "\u200f\u05d0",
        "e\u0301 \ud83d\ude80",
        "\u0000"
    };

    private static final String[] ENDS = {"\n", "\n", "\n", "\r\n", "\r", ""};

    @Property(tries = 1000)
    void blocks_are_the_text_and_the_same_for_every_split(
            @ForAll("documents") String text,
            @ForAll @IntRange(min = 2, max = 60) int most,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> lengths) {
        List<Block> whole = Documents.blocks(new BlockSplitter(most), List.of(text));
        BlockSplitter splitter = new BlockSplitter(most);
        List<Block> blocks = new ArrayList<>();
        for (String delta : Splits.of(text, lengths)) {
            blocks.addAll(splitter.feed(delta));
            assertThat(splitter.held()).isLessThanOrEqualTo(most);
        }
        blocks.addAll(splitter.end());

        assertThat(Documents.text(whole)).isEqualTo(text);
        assertThat(blocks).isEqualTo(whole);
        assertThat(splitter.held()).isZero();
    }

    @Property(tries = 1000)
    void every_document_can_be_joined(@ForAll("documents") String text, @ForAll @IntRange(min = 2, max = 60) int most) {
        assertThatCode(() -> Documents.joined(Documents.blocks(new BlockSplitter(most), List.of(text))))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> documents() {
        return Combinators.combine(
                        Arbitraries.of(HEADS), Arbitraries.of(HEADS), Arbitraries.of(TAILS), Arbitraries.of(ENDS))
                .as((head, more, tail, end) -> head + more + tail + end)
                .list()
                .ofMaxSize(12)
                .map(it -> String.join("", it));
    }

    /** Answers as models write them: what the renderer and the specification are at one about. */
    @Property(tries = 500)
    void answers_render_by_blocks_as_the_whole(@ForAll("answers") String text) {
        assertThat(Documents.joined(Documents.blocks(text))).as(text).isEqualTo(Documents.render(text));
    }

    @Property(tries = 500)
    void what_was_cut_for_its_length_does_so_too(@ForAll("untitled") String text) {
        assertThat(Documents.joined(Documents.blocks(new BlockSplitter(40), List.of(text))))
                .as(text)
                .isEqualTo(Documents.render(text));
    }

    @Provide
    Arbitrary<String> answers() {
        return answer(Stream.concat(
                untitledParts(), Stream.of("| a | b |\n| - | :-: |\n| 1 | `2` |\n| 3 |\n", "[b]: /u 'T'\n")));
    }

    @Provide
    Arbitrary<String> untitled() {
        return answer(untitledParts());
    }

    private static Stream<String> untitledParts() {
        return Stream.of(
                "Some *prose* with a [b].\nIn two lines.\n",
                "## A heading\n",
                "Title\n=====\n",
                "- one\n- two\n- three\n",
                "- one\n\n- two\n",
                "3. three\n4. four\n   - inner\n   - more\n5. five\n",
                "1. a\n\n   para\n\n   ```sh\n   ls\n   ```\n2. b\n",
                "> quoted\nlazy\n> - item\n>\n>   para\n",
                "```java\nint a;\n\n  int b;\n```\n",
                "~~~\n``` in it\n~~~\n",
                "    indented\n\n    code\n",
                "<div>\n<b>html</b>\n</div>\n",
                "---\n");
    }

    private static Arbitrary<String> answer(Stream<String> parts) {
        return Arbitraries.of(parts.toList()).list().ofMaxSize(8).map(it -> String.join("\n", it));
    }

    @Test
    void blocks_come_as_soon_as_complete_lines_show_them() {
        BlockSplitter splitter = new BlockSplitter();
        assertThat(kinds(splitter.feed("# Head"))).isEmpty();
        assertThat(kinds(splitter.feed("\nSome"))).containsExactly("heading");
        assertThat(kinds(splitter.feed(" prose\n"))).isEmpty();
        assertThat(kinds(splitter.feed("\n"))).containsExactly("paragraph");
        assertThat(kinds(splitter.feed("```java\n"))).containsExactly("code");
        assertThat(kinds(splitter.feed("int a;\nint b"))).containsExactly("code");
        assertThat(kinds(splitter.feed(";\n```\n- one\n"))).containsExactly("code", "code");
        assertThat(kinds(splitter.feed("- two\n"))).containsExactly("paragraph");
        assertThat(kinds(splitter.feed("\n| a |\n| - |\n"))).containsExactly("paragraph", "table");
        assertThat(kinds(splitter.feed("| 1 |\n| 2 |"))).containsExactly("table");
        assertThat(kinds(splitter.end())).containsExactly("table");
    }

    private static List<String> kinds(List<Block> blocks) {
        return blocks.stream().map(it -> it.kind().word()).toList();
    }

    @Test
    void a_line_of_code_renders_by_itself() {
        Block line = Documents.blocks("> ```java\n> int a;\n").get(1);
        assertThat(Documents.render(line.lead() + line.markdown()))
                .isEqualTo("<pre><code class=\"language-java\">int a;\n</code></pre>\n");
    }

    @Test
    void a_surrogate_pair_is_never_cut() {
        for (int most = 2; most < 9; most++) {
            BlockSplitter splitter = new BlockSplitter(most);
            for (Block block : Documents.blocks(splitter, List.of("a\ud83d\ude80".repeat(20)))) {
                assertThat(block.text().codePoints().noneMatch(it -> it >= 0xd800 && it < 0xe000))
                        .isTrue();
            }
        }
    }

    static Stream<String> hostile() {
        return Stream.of(
                "a",
                "a ",
                "\n",
                "\r",
                " ",
                "\t",
                "> ",
                "- ",
                "1. ",
                "`",
                "``` \n",
                "#",
                "=\n",
                "a\n=",
                "[",
                "[a]: ",
                "[a]: b\n",
                "[a]: b '\n",
                "\\",
                "<a ",
                "<a b='",
                "</pre",
                "|",
                "|a",
                "|-",
                "|a|\n|-\n",
                "a|b\n",
                "-|\n",
                "*\n",
                "<!--\n",
                "> a\n\n",
                "\u0000",
                "\ud83d");
    }

    /** Work that grew with the square of these lengths would take hours. */
    @ParameterizedTest
    @MethodSource
    void hostile(String part) {
        String text = part.repeat(500_000 / part.length());
        String nested =
                "- ".repeat(2000) + "a\n" + "\n".repeat(200_000) + "> ".repeat(2000) + "a\n" + ">".repeat(200_000);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (String it : List.of(text, "> - 1. " + text, "```\n" + text, nested)) {
                BlockSplitter splitter = new BlockSplitter();
                int released = 0;
                for (int i = 0; i < it.length(); i += 4) {
                    for (Block block : splitter.feed(it.substring(i, Math.min(it.length(), i + 4)))) {
                        released += block.text().length();
                    }
                    assertThat(splitter.held() <= BlockSplitter.MAX_HELD).isTrue();
                }
                for (Block block : splitter.end()) {
                    released += block.text().length();
                }
                assertThat(released).isEqualTo(it.length());
            }
        });
    }
}
