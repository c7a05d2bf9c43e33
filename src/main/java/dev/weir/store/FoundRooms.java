package dev.weir.store;

import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds rooms by their id or by their members; never by what is said in them or what they are called. */
final class FoundRooms {

    private static final String ALL = "1 = 1";
    private static final String FOUND = """
            (r.id = :id OR EXISTS (
                SELECT 1 FROM room_member f JOIN account a ON a.id = f.account
                WHERE f.room = r.id AND (LOWER(a.login) LIKE :part ESCAPE '!' OR LOWER(a.name) LIKE :part ESCAPE '!')))
            """;

    private FoundRooms() {}

    /** @param sql selects from {@code room r}, with {@code %s} for the condition */
    static Query query(Handle handle, String sql, String search) {
        if (search.isEmpty()) {
            return handle.createQuery(sql.formatted(ALL));
        }
        return handle.createQuery(sql.formatted(FOUND)).bind("id", search).bind("part", part(search));
    }

    private static String part(String search) {
        return "%" + search.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }
}
