package dev.weir.store;

import dev.weir.pipeline.translate.Languages;
import dev.weir.room.LanguageChoice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Users' languages, in table {@code account}. */
@ApplicationScoped
class JdbiLanguages implements Languages, LanguageChoice {

    private final Database database;

    @Inject
    JdbiLanguages(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiLanguages() {
        this.database = null;
    }

    @Override
    public List<String> inUse(String room, String author) {
        return database.read(handle -> handle.createQuery("""
                        SELECT a.language FROM room_member m JOIN account a ON a.id = m.account
                        WHERE m.room = :room AND a.language <> '' AND a.disabled = FALSE AND a.id <> :author
                          AND NOT EXISTS (SELECT 1 FROM account w WHERE w.id = :author AND w.language = a.language)
                        GROUP BY a.language ORDER BY COUNT(*) DESC, a.language
                        """)
                .bind("room", room)
                .bind("author", author)
                .mapTo(String.class)
                .list());
    }

    @Override
    public String of(String userId) {
        return database.read(handle -> handle.createQuery("SELECT language FROM account WHERE id = :id")
                .bind("id", userId)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    @Override
    public void choose(String userId, String language) {
        database.update("UPDATE account SET language = ? WHERE id = ?", language, userId);
    }
}
