package dev.weir.admin;

import dev.weir.budget.Totals;
import org.jspecify.annotations.Nullable;

/** What was used, as people read it. */
final class Spent {

    private Spent() {}

    /** {@code 1,200 tokens, $0.0031}; a dash for nothing. */
    static String words(@Nullable Totals totals) {
        long tokens = totals == null ? 0 : totals.inputTokens() + totals.outputTokens() + totals.running();
        return totals == null || tokens == 0
                ? "–"
                : Numbers.grouped(tokens) + " tokens, " + Numbers.dollars(totals.micros());
    }

    /** {@code 12 in (5 cached), 34 out (21 thought)}; a dash for nothing. */
    static String tokens(@Nullable Totals totals) {
        if (totals == null) {
            return "–";
        }
        return part(totals.inputTokens(), "in", totals.cachedInputTokens(), "cached") + ", "
                + part(totals.outputTokens() + totals.running(), "out", totals.reasoningTokens(), "thought");
    }

    private static String part(long whole, String what, long part, String ofThem) {
        String all = Numbers.grouped(whole) + " " + what;
        return part == 0 ? all : all + " (" + Numbers.grouped(part) + " " + ofThem + ")";
    }
}
