package dev.weir.budget;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Amounts as texts: dollars are decimal numbers, exact to a millionth; everything else are whole numbers. */
public final class Amounts {

    private static final int DECIMALS = 6;

    private Amounts() {}

    /** {@code 12.5} for 12,500,000 millionths of a dollar; else the number itself. */
    public static String text(Unit unit, long amount) {
        return unit == Unit.USD ? trimmed(BigDecimal.valueOf(amount, DECIMALS)).toPlainString() : Long.toString(amount);
    }

    private static BigDecimal trimmed(BigDecimal dollars) {
        BigDecimal stripped = dollars.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Empty when it is not such a text, is below 0, or has more decimals than count. */
    public static Optional<Long> of(Unit unit, String text) {
        if (!text.matches("\\d{1,16}(\\.\\d{1,6})?") || (unit != Unit.USD && text.contains("."))) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return Optional.of((unit == Unit.USD ? number.movePointRight(DECIMALS) : number))
                .filter(it -> it.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    /** {@code $12.50}, {@code 1,200 tokens}. */
    public static String words(Unit unit, long amount) {
        if (unit != Unit.USD) {
            return String.format(Locale.ENGLISH, "%,d %s", amount, unit.word().replace('-', ' '));
        }
        BigDecimal dollars = trimmed(BigDecimal.valueOf(amount, DECIMALS));
        return "$" + (dollars.scale() < 2 ? dollars.setScale(2) : dollars).toPlainString();
    }
}
