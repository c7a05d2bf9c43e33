package dev.weir.model;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What the catalogue says of a model; nothing secret.
 *
 * @param name its name in the catalogue, unique
 * @param provider {@code demo}, {@code openai}, …
 * @param model the provider's own name for it
 * @param label what people see
 * @param description one line for the model picker; may be empty
 * @param price for input and output
 * @param contextWindow in tokens
 * @param onPremise true: sensitive prompts may go there
 * @param idleTimeout how long it may send nothing before the answer is given up
 * @param prefill whether it goes on after a given beginning of its answer; else it is asked anew
 */
public record ModelSpec(
        String name,
        String provider,
        String model,
        String label,
        String description,
        Price price,
        int contextWindow,
        boolean onPremise,
        Duration idleTimeout,
        boolean prefill) {

    /** A model that goes on after a given beginning, as most do. */
    public ModelSpec(
            String name,
            String provider,
            String model,
            String label,
            String description,
            Price price,
            int contextWindow,
            boolean onPremise,
            Duration idleTimeout) {
        this(name, provider, model, label, description, price, contextWindow, onPremise, idleTimeout, true);
    }

    /** True for the built-in demonstration models, which answer without any AI. */
    public boolean demonstration() {
        return provider.equals("demo");
    }

    /**
     * US dollars per million tokens, which is the same number as millionths of a dollar per token.
     *
     * @param input for tokens of the prompt
     * @param cachedInput for those of them that the provider had at hand
     * @param output for tokens of the answer, those it only thought included
     */
    public record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

        /** With no other price for what is cached. */
        public Price(BigDecimal input, BigDecimal output) {
            this(input, input, output);
        }

        /**
         * The price of so many tokens, in millionths of a dollar, rounded up.
         *
         * @param cachedTokens those of the input tokens that are cached
         */
        public long micros(long inputTokens, long cachedTokens, long outputTokens) {
            return input.multiply(BigDecimal.valueOf(inputTokens - cachedTokens))
                    .add(cachedInput.multiply(BigDecimal.valueOf(cachedTokens)))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .setScale(0, java.math.RoundingMode.CEILING)
                    .longValueExact();
        }
    }
}
