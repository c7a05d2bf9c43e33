package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void ends_lines_with_cr_lf_and_begins_with_the_names() {
        assertThat(new Csv(List.of("name", "limit")).row(List.of("Team", "12.50")))
                .hasToString("name,limit\r\nTeam,12.50\r\n");
    }

    @Test
    void quotes_what_would_end_a_cell() {
        assertThat(new Csv(List.of("a", "b", "c")).row(List.of("one, two", "a \"b\"", "x\ny")))
                .hasToString("a,b,c\r\n\"one, two\",\"a \"\"b\"\"\",\"x\ny\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
    void has_no_cell_that_a_spreadsheet_would_calculate(String value) {
        assertThat(new Csv(List.of("a")).row(List.of(value))).hasToString("a\r\n'" + value + "\r\n");
    }

    @Test
    void keeps_the_apostrophe_within_the_quotes() {
        assertThat(new Csv(List.of("a")).row(List.of("=HYPERLINK(\"x\",\"y\")")))
                .hasToString("a\r\n\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
    }

    @Test
    void keeps_empty_cells_and_texts_of_all_languages() {
        assertThat(new Csv(List.of("a", "b")).row(List.of("", "Größe 価格"))).hasToString("a,b\r\n,Größe 価格\r\n");
    }

    @Test
    void refuses_a_line_of_another_length() {
        assertThatThrownBy(() -> new Csv(List.of("a", "b")).row(List.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
