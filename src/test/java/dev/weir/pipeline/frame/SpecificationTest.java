package dev.weir.pipeline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.Example;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of CommonMark 0.31.2, of GFM, and of the regression tests of two implementations. */
class SpecificationTest {

    /**
     * Examples of CommonMark in which a reference comes before its definition. When it is released nobody can know what it
     * refers to: it renders as plain text until the definition comes, and must be rendered again then.
     */
    private static final Set<Integer> REFERS_TO_WHAT_COMES_LATER = numbers(
            "23 33 203-204 214 218 527-535 539-540 542-543 549 553-562 565-566 568-571 573 576-577 582-589 591 593");

    private static Set<Integer> numbers(String ranges) {
        Set<Integer> numbers = new TreeSet<>();
        for (String range : ranges.split(" ")) {
            String[] ends = range.split("-");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return numbers;
    }

    static Stream<URL> specifications() {
        return Stream.concat(
                Stream.of(TestResources.getSpec(), TestResources.getGfmSpec()),
                TestResources.getRegressions().stream());
    }

    private static List<String> sources(URL specification) {
        return ExampleReader.readExamples(specification).stream()
                .map(Example::getSource)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void blocks_are_the_text_and_render_as_the_whole(URL specification) {
        List<String> sources = sources(specification);
        assertThat(sources).isNotEmpty();
        for (String source : sources) {
            for (String text : List.of(source, source.stripTrailing(), source.replace("\n", "\r\n"))) {
                List<Block> blocks = Documents.blocks(text);
                assertThat(Documents.text(blocks)).isEqualTo(text);
                assertThat(Documents.joined(blocks)).as(text).isEqualTo(Documents.render(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void blocks_are_the_same_however_the_text_is_cut(URL specification) {
        for (String source : sources(specification)) {
            List<Block> whole = Documents.blocks(source);
            assertThat(Documents.blocks(
                            source.chars().mapToObj(Character::toString).toList()))
                    .isEqualTo(whole);
            for (int cut = 1; cut < source.length(); cut++) {
                assertThat(Documents.blocks(List.of(source.substring(0, cut), source.substring(cut))))
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void only_references_to_what_comes_later_need_to_be_rendered_again() {
        List<String> sources = sources(TestResources.getSpec());
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (!Documents.joinedOnce(Documents.blocks(sources.get(i))).equals(Documents.render(sources.get(i)))) {
                others.add(i + 1);
            }
        }
        assertThat(others).containsExactlyElementsOf(REFERS_TO_WHAT_COMES_LATER);
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void ids_are_unique_and_pieces_follow_each_other(URL specification) {
        for (String source : sources(specification)) {
            Set<Integer> ids = new HashSet<>();
            int last = 0;
            for (Block block : Documents.blocks(source)) {
                assertThat(block.continues()).isEqualTo(block.id() == last);
                assertThat(block.continues() || ids.add(block.id())).isTrue();
                last = block.id();
            }
        }
    }
}
