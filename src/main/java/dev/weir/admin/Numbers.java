package dev.weir.admin;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people write and read them. */
final class Numbers {

    private Numbers() {}

    /** The whole number that a text is, or another one when it is none. */
    static int whole(@Nullable String text, int otherwise) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    /** {@code 12,345}. */
    static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Millionths of a US dollar as {@code $1.25}, with more digits below a dollar; {@code $0} for nothing. */
    static String dollars(long micros) {
        if (micros == 0) {
            return "$0";
        }
        String digits = micros < 1_000 ? "$%.6f" : micros < 1_000_000 ? "$%.4f" : "$%,.2f";
        return String.format(Locale.ENGLISH, digits, micros / 1e6);
    }

    /** {@code $3} or {@code $0.60}. */
    static String price(BigDecimal dollars) {
        BigDecimal shortest = dollars.stripTrailingZeros();
        int digits = shortest.scale() <= 0 ? 0 : Math.max(2, shortest.scale());
        return "$" + shortest.setScale(digits).toPlainString();
    }

    /** {@code 340 ms} or {@code 1.2 s}. */
    static String duration(long nanos) {
        long millis = nanos / 1_000_000;
        return millis < 1000 ? millis + " ms" : String.format(Locale.ENGLISH, "%.1f s", millis / 1000.0);
    }
}
