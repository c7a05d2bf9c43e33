package dev.weir.admin;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.room.consumption.ConsumptionWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the consumption of all nodes once a second and pushes it to every page that shows it, and does nothing while
 * nobody looks: to administrators and auditors everything, to managers what concerns their organisation. Who has lost the
 * role gets nothing more within {@link #CHECK_EVERY} pushes. Thread-safe.
 */
@ApplicationScoped
public class ConsumptionPush extends Pushing {

    static final String CHANNEL = "consumption";

    private static final int CHECK_EVERY = 5;

    @Inject
    @Push(channel = CHANNEL)
    PushContext push;

    @Inject
    ConsumptionWatch watch;

    @Inject
    ConsumptionFigures figures;

    @Inject
    Users users;

    /** For the container. */
    ConsumptionPush() {
        super(CHANNEL, Duration.ofSeconds(1), CHECK_EVERY);
    }

    @Override
    void push(Lookers to) {
        Map<String, Set<String>> looking = to.looking(it -> users.byId(it).flatMap(ConsumptionPush::sees));
        if (!looking.isEmpty()) {
            watch.look(looking.keySet());
            looking.forEach((organisation, some) -> push.send(figures.json(organisation), some));
        }
    }

    /** Whose consumption somebody may see: an organisation's id, or {@link ConsumptionWatch#ALL}; empty for nobody's. */
    static Optional<String> sees(User user) {
        if (user.is(Role.ADMIN) || user.is(Role.AUDITOR)) {
            return Optional.of(ConsumptionWatch.ALL);
        }
        return user.is(Role.MANAGER) && !user.organisation().isEmpty()
                ? Optional.of(user.organisation())
                : Optional.empty();
    }
}
