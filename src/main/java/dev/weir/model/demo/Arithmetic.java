package dev.weir.model.demo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sums that it really computes: {@code + - * / ^}, brackets, percentages and square roots, in signs or in English words,
 * with 34 digits.
 */
final class Arithmetic {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final Pattern LEAD = Pattern.compile(
            "^(?:please )?(?:what(?:'s| is| are)|how much (?:is|are)|calculate|compute|work out|solve|evaluate)\\s+");
    private static final Pattern SUM = Pattern.compile("[0-9.+*/^()√% -]*[0-9)%]");

    private final String sum;
    private int at;

    private Arithmetic(String sum) {
        this.sum = sum;
    }

    /**
     * A sum and what it comes to.
     *
     * @param result empty when there is none, as for a division by zero
     */
    record Result(String sum, Optional<String> result) {}

    /** Empty when the question is no sum. */
    static Optional<Result> in(String question) {
        String text = signs(question);
        if (NO_SUM.matcher(text).matches()
                || !SUM.matcher(text).matches()
                || !text.matches(".*(?:[0-9)%]\\s*[+*/^-]|√).*[0-9].*")) {
            return Optional.empty();
        }
        try {
            Arithmetic arithmetic = new Arithmetic(text.replace(" ", ""));
            BigDecimal value = arithmetic.terms();
            return arithmetic.at < arithmetic.sum.length() ? Optional.empty() : Optional.of(result(text, value));
        } catch (ArithmeticException e) {
            return Optional.of(new Result(shown(text), Optional.empty()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static final int MAX_DIGITS = 34;
    private static final Pattern NO_SUM =
            Pattern.compile("\\d{4}\\s*-\\s*\\d{1,2}\\s*-\\s*\\d{1,2}|24/7|\\d{1,2}\\.\\d{1,2}\\.\\d{2,4}");

    /** Whole numbers with all their digits, others with 15. */
    private static Result result(String text, BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= MAX_DIGITS;
        BigDecimal shown = whole ? plain : plain.round(new MathContext(15)).stripTrailingZeros();
        boolean extreme = shown.precision() - shown.scale() > MAX_DIGITS || shown.scale() > MAX_DIGITS;
        return new Result(shown(text), Optional.of(extreme ? shown.toString() : shown.toPlainString()));
    }

    private static String shown(String text) {
        return text.replaceAll("\\s+", "")
                .replaceAll("(?<=[0-9)%])([+*/-])", " $1 ")
                .replace("*", "×")
                .replace("/", "÷");
    }

    private static String signs(String question) {
        String text = question.toLowerCase(Locale.ROOT).strip().replaceAll("[?=!.\\s]+$", "");
        text = LEAD.matcher(text).replaceFirst("");
        text = text.replaceAll("(?<=\\d),(?=\\d{3}\\b)", "");
        text = text.replaceAll("\\bplus\\b", "+").replaceAll("\\bminus\\b|−", "-");
        text = text.replaceAll("\\b(?:times|multiplied by)\\b|×|·|(?<=\\d)\\s*x\\s*(?=\\d)", "*");
        text = text.replaceAll("\\b(?:divided by|over)\\b|÷|(?<=\\d)\\s*:\\s*(?=\\d)", "/");
        text = text.replaceAll("\\b(?:to the power of)\\b|\\*\\*", "^").replaceAll("\\s*\\bsquared\\b", "^2");
        text = text.replaceAll("\\s*\\bcubed\\b", "^3").replaceAll("\\b(?:the )?square root of\\b|\\bsqrt\\b", "√");
        Matcher percent =
                Pattern.compile("([0-9.]+)\\s*(?:%|percent)\\s+of\\s+").matcher(text);
        return percent.replaceAll("$1% * ").replaceAll("\\s*\\bpercent\\b", "%").strip();
    }

    private BigDecimal terms() {
        BigDecimal value = factors();
        while (next('+') || next('-')) {
            boolean add = sum.charAt(at++) == '+';
            BigDecimal other = factors();
            value = add ? value.add(other, PRECISION) : value.subtract(other, PRECISION);
        }
        return value;
    }

    private BigDecimal factors() {
        BigDecimal value = power();
        while (next('*') || next('/')) {
            boolean times = sum.charAt(at++) == '*';
            BigDecimal other = power();
            value = times ? value.multiply(other, PRECISION) : value.divide(other, PRECISION);
        }
        return value;
    }

    private BigDecimal power() {
        if (next('-')) {
            at++;
            return power().negate();
        }
        BigDecimal base = atom();
        if (!next('^')) {
            return base;
        }
        at++;
        return base.pow(power().intValueExact(), PRECISION);
    }

    private BigDecimal atom() {
        BigDecimal value;
        if (next('√')) {
            at++;
            return atom().sqrt(PRECISION);
        }
        if (next('(')) {
            at++;
            value = terms();
            if (!next(')')) {
                throw new NumberFormatException("a bracket is open");
            }
            at++;
        } else {
            value = number();
        }
        if (next('%')) {
            at++;
            return value.movePointLeft(2);
        }
        return value;
    }

    private BigDecimal number() {
        int from = at;
        while (at < sum.length() && (Character.isDigit(sum.charAt(at)) || sum.charAt(at) == '.')) {
            at++;
        }
        return new BigDecimal(sum.substring(from, at));
    }

    private boolean next(char sign) {
        return at < sum.length() && sum.charAt(at) == sign;
    }
}
