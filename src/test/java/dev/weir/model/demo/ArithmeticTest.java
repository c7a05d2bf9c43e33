package dev.weir.model.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17*23|391",
                "What is 17 × 23?|391",
                "what's 2 + 3 * 4|14",
                "(2+3)*4=|20",
                "10/4|2.5",
                "1/3|0.333333333333333",
                "2^10|1024",
                "2^3^2|512",
                "-5 + 3|-2",
                "15% of 200|30",
                "20 percent of 50|10",
                "1,299.50 * 2|2599",
                "7 plus 8 minus 5|10",
                "12 divided by 4|3",
                "6 times 7|42",
                "3 x 4|12",
                "the square root of 81|9",
                "5 squared|25",
                "2^100|1267650600228229401496703205376",
                "0.1 + 0.2|0.3",
                "5 - 5|0",
                "Calculate 1000000 * 1000000|1000000000000"
            })
    void computes(String question, String result) {
        assertThat(Arithmetic.in(question).orElseThrow().result()).contains(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 / 0", "(1-1)^-1", "2^99999999999", "√(0-4)", "2^0.5"})
    void says_when_there_is_no_result(String question) {
        assertThat(Arithmetic.in(question).orElseThrow().result()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is Java 21?",
                "42",
                "2024-05-01",
                "24/7",
                "Give me 5 ideas",
                "",
                "-",
                "1..2 + 3",
                "((1+2)",
                "1+2)",
                "+"
            })
    void leaves_alone_what_is_no_sum(String question) {
        assertThat(Arithmetic.in(question)).isEqualTo(Optional.empty());
    }
}
