package dev.weir.budget;

import java.math.BigDecimal;
import java.util.Optional;

/** What happens to answers when a budget is used up. New ones are refused in any case. */
public sealed interface AtLimit {

    /** The answer ends where it is. */
    record Cut() implements AtLimit {
        @Override
        public String word() {
            return "cut";
        }
    }

    /** The answer ends with the sentence, within what was set aside for it. */
    record FinishSentence() implements AtLimit {
        @Override
        public String word() {
            return "finish-sentence";
        }
    }

    /**
     * From a threshold on, other models answer; at the limit, as {@link Cut}.
     *
     * @param percent of the limit, 1 to 100, from which on
     */
    record Degrade(String model, int percent) implements AtLimit {
        @Override
        public String word() {
            return "degrade:" + model + "@"
                    + BigDecimal.valueOf(percent, 2).stripTrailingZeros().toPlainString();
        }
    }

    /** Another model goes on with the answer. */
    record Switch(String model) implements AtLimit {
        @Override
        public String word() {
            return "switch:" + model;
        }
    }

    AtLimit CUT = new Cut();

    /** {@code cut}, {@code finish-sentence}, {@code switch:MODEL}, {@code degrade:MODEL@0.8}. */
    String word();

    /** Empty when it is none of the words. */
    static Optional<AtLimit> of(String word) {
        int colon = word.indexOf(':');
        String rest = colon < 0 ? "" : word.substring(colon + 1);
        return switch (colon < 0 ? word : word.substring(0, colon)) {
            case "cut" -> colon < 0 ? Optional.of(CUT) : Optional.empty();
            case "finish-sentence" -> colon < 0 ? Optional.of(new FinishSentence()) : Optional.empty();
            case "switch" -> rest.isEmpty() ? Optional.empty() : Optional.of(new Switch(rest));
            case "degrade" -> degrade(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<AtLimit> degrade(String rest) {
        int at = rest.lastIndexOf('@');
        if (at < 1 || !rest.substring(at + 1).matches("0\\.\\d{1,2}|1(\\.0{1,2})?")) {
            return Optional.empty();
        }
        int percent = new BigDecimal(rest.substring(at + 1)).movePointRight(2).intValueExact();
        return percent == 0 ? Optional.empty() : Optional.of(new Degrade(rest.substring(0, at), percent));
    }
}
