package dev.weir.admin;

import dev.weir.budget.Consumption.By;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What ids are called, for figures that are shown again and again: a name that was looked up is kept for a minute. Rooms are
 * called by their ids, for their names are made of what is said there. Thread-safe.
 */
@ApplicationScoped
public class Labels {

    private static final int MOST = 5_000;
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final Users users;
    private final Organisations organisations;
    private final ModelCatalogue models;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(String name, long at) {}

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Labels() {
        this(null, null, null);
    }

    @Inject
    Labels(Users users, Organisations organisations, ModelCatalogue models) {
        this.users = users;
        this.organisations = organisations;
        this.models = models;
    }

    /** What an id is called; the id itself where nobody of this id is known any more. May ask the database. */
    String of(By by, String id) {
        return switch (by) {
            case USER -> name("u:" + id, () -> users.byId(id).map(User::name).orElse(id));
            case ORGANISATION ->
                name(
                        "o:" + id,
                        () -> organisations.find(id).map(Organisation::name).orElse(id));
            case MODEL ->
                models.model(id).map(StreamingModel::spec).map(ModelSpec::label).orElse(id);
            case ROOM, KEY -> id;
        };
    }

    private String name(String key, Supplier<String> look) {
        long now = System.nanoTime();
        synchronized (known) {
            Known name = known.get(key);
            if (name != null && now - name.at() < FRESH_NANOS) {
                return name.name();
            }
        }
        String found = look.get();
        synchronized (known) {
            known.put(key, new Known(found, now));
        }
        return found;
    }
}
