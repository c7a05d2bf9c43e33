package dev.weir.budget.simulation;

import dev.weir.budget.Tariff;
import dev.weir.budget.Unit;
import dev.weir.event.Usage;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an answer used, to be taken in part. Its price is divided between input and output as the tariff would divide it,
 * which may be a newer one than it was billed by.
 *
 * @param tariff of its model; none where nobody knows it: then all tokens cost the same
 */
record Priced(Usage usage, @Nullable Tariff tariff) {

    /** The usage up to so many output tokens, all its input included. */
    Usage upTo(long output) {
        if (output >= usage.outputTokens()) {
            return usage;
        }
        long input = inputMicros();
        return new Usage(
                usage.inputTokens(),
                usage.cachedInputTokens(),
                output,
                Math.min(usage.reasoningTokens(), output),
                input + part(usage.micros() - input, output, usage.outputTokens()),
                true);
    }

    /** The most output tokens with which it takes no more than this; 0 when even none take more. */
    long most(Unit unit, long left) {
        long fits = 0;
        long tooMuch = usage.outputTokens() + 1;
        while (tooMuch - fits > 1) {
            long tried = fits + (tooMuch - fits) / 2;
            if (unit.bill(upTo(tried)) <= left) {
                fits = tried;
            } else {
                tooMuch = tried;
            }
        }
        return fits;
    }

    private long inputMicros() {
        long input = usage.inputTokens();
        long whole = tariff == null ? 0 : tariff.micros(input, usage.cachedInputTokens(), usage.outputTokens());
        return tariff == null || whole == 0
                ? part(usage.micros(), input, input + usage.outputTokens())
                : part(usage.micros(), tariff.micros(input, usage.cachedInputTokens(), 0), whole);
    }

    /** So many parts of a whole of so many, rounded down; 0 of a whole of 0. */
    private static long part(long amount, long parts, long whole) {
        return whole == 0
                ? 0
                : BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(parts))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
    }
}
