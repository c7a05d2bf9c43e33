package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.room.Refusal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists in pages, and the numbers in a query: as text, for JAX-RS answers 404 to what is no number. */
final class Paging {

    private Paging() {}

    /** How many a page shall have: what is asked for, else as many as there may be. */
    static int limit(@Nullable String text, int most) {
        return number("limit", text, 1, most, most);
    }

    /**
     * A page of a list that goes on where a {@code next} says.
     *
     * @param found at most one more than the page has, which tells that there is another page
     * @param place by what the next page is asked for, of the last item of this one
     */
    static <T> String page(
            String name, List<T> found, int limit, Function<T, ObjectNode> shown, Function<T, String> place) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray(name);
        found.stream().limit(limit).map(shown).forEach(list::add);
        if (found.size() > limit) {
            json.put("next", place.apply(found.get(limit - 1)));
        }
        return json.toString();
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
