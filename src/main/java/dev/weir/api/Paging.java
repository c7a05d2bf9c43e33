package dev.weir.api;

import dev.weir.room.Refusal;
import org.jspecify.annotations.Nullable;

/** The numbers in a query. As text, for JAX-RS answers 404 to what is no number. */
final class Paging {

    private Paging() {}

    /** How many a page shall have: what is asked for, else as many as there may be. */
    static int limit(@Nullable String text, int most) {
        return number("limit", text, 1, most, most);
    }

    static int number(String name, @Nullable String text, int least, int most, int otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same refusal.
        }
        throw new Refusal(
                Refusal.Code.INVALID, "\"" + name + "\" is a whole number from " + least + " to " + most + ".");
    }
}
