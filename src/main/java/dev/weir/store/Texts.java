package dev.weir.store;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Makes every text that goes to the database one that every database takes: NUL and halves of surrogate pairs that
 * stand alone become U+FFFD. The length stays the same.
 */
final class Texts extends AbstractArgumentFactory<String> {

    private static final char REPLACEMENT = '\uFFFD';

    Texts() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String text, ConfigRegistry config) {
        String storable = storable(text);
        return (position, statement, context) -> statement.setString(position, storable);
    }

    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!fits(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder storable = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            if (!fits(text, i)) {
                storable.setCharAt(i, REPLACEMENT);
            }
        }
        return storable.toString();
    }

    private static boolean fits(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c != 0;
    }
}
