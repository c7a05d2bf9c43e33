package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/rooms/7", "/?room=7#end", "/a/b?next=https://elsewhere.example/", "/weir/index.html"})
    void keeps_a_path_on_this_host(String path) {
        assertThat(LocalPath.or("/home", path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rooms/7",
                "//elsewhere.example/",
                "/\\elsewhere.example",
                "\\\\elsewhere.example",
                "/\t/elsewhere.example",
                "/\n/elsewhere.example",
                "https://elsewhere.example/",
                "javascript:alert(1)",
                " /x",
                "/x y",
                "/%zz",
                "/é",
            })
    void goes_home_instead_of_elsewhere(String path) {
        assertThat(LocalPath.or("/home", path)).isEqualTo("/home");
    }

    @Test
    void goes_home_when_nothing_is_said() {
        assertThat(LocalPath.or("/home", null)).isEqualTo("/home");
    }

    @Property
    void never_lets_a_second_slash_or_a_line_break_through(
            @ForAll @Chars({'/', '\\', '\t', '\r', '\n', ':', '@', '.', '?', '#'}) @CharRange(from = 'a', to = 'd')
                    String tail) {
        String path = LocalPath.or("/home", "/" + tail);

        assertThat(path).doesNotStartWith("//").doesNotContain("\\", "\t", "\r", "\n");
    }
}
