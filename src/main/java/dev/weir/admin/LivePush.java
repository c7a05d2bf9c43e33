package dev.weir.admin;

import dev.weir.identity.Role;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Pushes {@link LiveFigures} to every open overview, twice a second, and does nothing while nobody looks. Who has lost the
 * role gets nothing more within {@link #CHECK_EVERY} pushes. Thread-safe.
 */
@ApplicationScoped
public class LivePush extends Pushing {

    static final String CHANNEL = "console";

    private static final int CHECK_EVERY = 10;
    private static final String EVERYTHING = "";

    @Inject
    @Push(channel = CHANNEL)
    PushContext push;

    @Inject
    LiveFigures figures;

    @Inject
    Users users;

    /** For the container. */
    LivePush() {
        super(CHANNEL, Duration.ofMillis(500), CHECK_EVERY);
    }

    @Override
    void push(Lookers to) {
        Set<String> looking = to.looking(this::sees).get(EVERYTHING);
        if (looking != null) {
            push.send(figures.json(), looking);
        }
    }

    private Optional<String> sees(String user) {
        return users.byId(user)
                .filter(it -> it.is(Role.ADMIN) || it.is(Role.AUDITOR))
                .map(it -> EVERYTHING);
    }
}
