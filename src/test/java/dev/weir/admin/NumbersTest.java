package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"3, $3", "0.6, $0.60", "15.00, $15", "0.075, $0.075", "0, $0", "200, $200"})
    void prices_have_no_zeros_too_many(BigDecimal price, String shown) {
        assertThat(Numbers.price(price)).isEqualTo(shown);
    }

    @Test
    void small_sums_of_money_have_more_digits() {
        assertThat(Numbers.dollars(0)).isEqualTo("$0");
        assertThat(Numbers.dollars(12)).isEqualTo("$0.000012");
        assertThat(Numbers.dollars(45_600)).isEqualTo("$0.0456");
        assertThat(Numbers.dollars(1_234_567_890)).isEqualTo("$1,234.57");
    }

    @Test
    void what_is_no_number_becomes_the_other_one() {
        assertThat(Numbers.whole(null, 1)).isEqualTo(1);
        assertThat(Numbers.whole("-2", 1)).isEqualTo(1);
        assertThat(Numbers.whole("99999999999", 1)).isEqualTo(1);
        assertThat(Numbers.whole("12", 1)).isEqualTo(12);
    }
}
