package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigSourceTest {

    @TempDir
    Path folder;

    @Test
    void is_empty_when_no_file_is_named() {
        var source = new FileConfigSource(key -> null, key -> null);

        assertThat(source.getPropertyNames()).isEmpty();
        assertThat(source.getValue("weir.models")).isNull();
    }

    @Test
    void reads_utf_8_and_takes_away_what_stands_around_a_value() throws Exception {
        var source = reading("weir.models.fast.label = Größe 小  \nweir.models=fast,smart\n");

        assertThat(source.getValue("weir.models.fast.label")).isEqualTo("Größe 小");
        assertThat(source.getProperties()).containsEntry("weir.models", "fast,smart");
    }

    @Test
    void stands_between_the_environment_and_the_defaults() {
        assertThat(new FileConfigSource(key -> null, key -> null).getOrdinal()).isEqualTo(250);
    }

    @Test
    void takes_the_environment_when_there_is_no_property() throws Exception {
        Path file = Files.writeString(folder.resolve("a.properties"), "weir.models=one");

        assertThat(new FileConfigSource(key -> " ", key -> file.toString()).getValue("weir.models"))
                .isEqualTo("one");
    }

    @Test
    void refuses_a_file_that_is_missing() {
        assertThatThrownBy(() -> new FileConfigSource(key -> "/nowhere/weir.properties", key -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/weir.properties does not exist");
    }

    @Test
    void refuses_a_file_that_is_no_utf_8_without_showing_what_is_in_it() throws Exception {
        Path file = Files.write(folder.resolve("b.properties"), new byte[] {'s', 'e', 'c', (byte) 0xff});

        assertThatThrownBy(() -> new FileConfigSource(key -> file.toString(), key -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't be read as UTF-8")
                .hasMessageNotContaining("sec\u00ff");
    }

    private FileConfigSource reading(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("weir.properties"), text);
        return new FileConfigSource(key -> file.toString(), key -> null);
    }
}
