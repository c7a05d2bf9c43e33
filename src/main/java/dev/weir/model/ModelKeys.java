package dev.weir.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The configuration's keys under {@code weir.models}, read one at a time; what can't be read is noted as a mistake and a
 * stand-in returned, so that all mistakes can be told together.
 */
final class ModelKeys {

    static final String LIST = "weir.models";

    private final Function<String, Optional<String>> values;
    private final Set<String> names = new TreeSet<>();
    private final List<String> mistakes = new ArrayList<>();

    ModelKeys(Function<String, Optional<String>> values, Iterable<String> names) {
        this.values = values;
        for (String name : names) {
            if (name.startsWith(LIST + ".")) {
                this.names.add(name);
            }
        }
    }

    /** The keys that are set, apart from {@link #LIST} itself, in the order of the alphabet. */
    Set<String> names() {
        return names;
    }

    void mistake(String key, String what) {
        mistakes.add(key + ": " + what);
    }

    List<String> mistakes() {
        return mistakes;
    }

    /** The value without blanks around it; empty when it is not set or blank. */
    Optional<String> text(String key) {
        return values.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    BigDecimal price(String key, BigDecimal otherwise) {
        return number(
                key, otherwise, BigDecimal.ZERO, new BigDecimal("1000000"), "a price in US dollars, such as 0.50");
    }

    Optional<BigDecimal> number(String key, String least, String most) {
        BigDecimal none = BigDecimal.ONE.negate();
        BigDecimal value = number(
                key, none, new BigDecimal(least), new BigDecimal(most), "a number from " + least + " to " + most);
        return value.signum() < 0 ? Optional.empty() : Optional.of(value);
    }

    private BigDecimal number(String key, BigDecimal otherwise, BigDecimal least, BigDecimal most, String expected) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("\\d{1,9}(\\.\\d{1,9})?")) {
            BigDecimal value = new BigDecimal(text.get());
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        }
        mistake(key, "“" + text.get() + "” should be " + expected + ".");
        return otherwise;
    }

    /** A whole number of at least {@code least}. */
    Optional<Integer> whole(String key, int least) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().matches("\\d{1,9}") && Integer.parseInt(text.get()) >= least) {
            return Optional.of(Integer.parseInt(text.get()));
        }
        mistake(key, "“" + text.get() + "” should be a whole number, at least " + least + ".");
        return Optional.empty();
    }

    boolean flag(String key, boolean otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty() || text.get().matches("(?i)true|false")) {
            return text.map(Boolean::parseBoolean).orElse(otherwise);
        }
        mistake(key, "“" + text.get() + "” should be true or false.");
        return otherwise;
    }

    Duration time(String key, Duration otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration value = Duration.parse(text.get());
            if (value.toMillis() > 0) {
                return value;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below.
        }
        mistake(key, "“" + text.get() + "” should be a length of time, such as PT60S for 60 seconds.");
        return otherwise;
    }
}
