package dev.weir.store;

import dev.weir.event.StorableText;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Makes every text that goes to the database one that every database takes: NUL and halves of surrogate pairs that
 * stand alone become U+FFFD. The length stays the same.
 */
final class Texts extends AbstractArgumentFactory<String> {

    Texts() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String text, ConfigRegistry config) {
        String storable = StorableText.of(text);
        return (position, statement, context) -> statement.setString(position, storable);
    }
}
