package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.identity.Organisation;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyStore.Put;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.Tuning;
import dev.weir.room.Room;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class PoliciesContract {

    private static final Optional<Policy> ANYTHING = Optional.empty();

    private final Database database;
    private final JdbiPolicies policies;
    private final String organisation = Ids.next();
    private final String room = Ids.next();

    PoliciesContract(Engine engine) {
        database = engine.shared();
        policies = new JdbiPolicies(database);
        new JdbiOrganisations(database).create(new Organisation(organisation, "Acme"));
        new JdbiRoomStore(database).create(Room.conversation(room, "", "m", Samples.NOON, Samples.NOON), "u");
    }

    private static Policy level(int level) {
        return new Policy(
                Optional.of(List.of("meter", "länge")),
                true,
                Map.of("länge", new Tuning(Optional.of(Mode.REPORT), Map.of("level", "" + level), true)));
    }

    @Test
    void keeps_a_policy_for_each_scope() {
        for (Scope scope : List.of(Scope.INSTALLATION, Scope.organisation(organisation), Scope.room(room))) {
            policies.put(scope, Policy.NONE, ANYTHING);
            assertThat(policies.find(scope)).isEmpty();

            assertThat(policies.put(scope, level(1), ANYTHING)).isEqualTo(Put.DONE);
            assertThat(policies.put(scope, level(2), ANYTHING)).isEqualTo(Put.DONE);

            assertThat(policies.find(scope)).hasValue(level(2));
            assertThat(policies.scopes(10_000)).contains(scope);
            policies.put(scope, Policy.NONE, ANYTHING);
            assertThat(policies.find(scope)).isEmpty();
            assertThat(policies.scopes(10_000)).doesNotContain(scope);
        }
    }

    @Test
    void takes_the_place_of_the_policy_that_it_was_made_from_and_of_no_other() {
        Scope scope = Scope.room(room);
        policies.put(scope, Policy.NONE, ANYTHING);
        assertThat(policies.put(scope, level(2), Optional.of(level(1)))).isEqualTo(Put.CHANGED);
        assertThat(policies.put(scope, level(1), Optional.of(Policy.NONE))).isEqualTo(Put.DONE);

        assertThat(policies.put(scope, level(3), Optional.of(Policy.NONE))).isEqualTo(Put.CHANGED);
        assertThat(policies.put(scope, Policy.NONE, Optional.of(level(2)))).isEqualTo(Put.CHANGED);
        assertThat(policies.find(scope)).hasValue(level(1));
        assertThat(policies.put(scope, level(2), Optional.of(level(1)))).isEqualTo(Put.DONE);
        assertThat(policies.put(scope, Policy.NONE, Optional.of(level(2)))).isEqualTo(Put.DONE);
        assertThat(policies.find(scope)).isEmpty();
    }

    @Test
    void of_several_made_from_the_same_policy_keeps_one_and_says_so_to_the_others() throws Exception {
        Scope scope = Scope.organisation(organisation);
        policies.put(scope, level(100), ANYTHING);
        CyclicBarrier start = new CyclicBarrier(6);
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<Future<Put>> running = IntStream.range(0, 6)
                    .mapToObj(it -> pool.submit(() -> {
                        start.await();
                        return policies.put(scope, level(it), Optional.of(level(100)));
                    }))
                    .toList();
            int done = 0;
            for (Future<Put> it : running) {
                done += it.get() == Put.DONE ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
    }

    @Test
    void keeps_nothing_for_what_is_not_there() {
        assertThat(policies.put(Scope.organisation("nobody"), level(1), ANYTHING))
                .isEqualTo(Put.NO_SUCH_SCOPE);
        assertThat(policies.put(Scope.room("nowhere"), level(1), ANYTHING)).isEqualTo(Put.NO_SUCH_SCOPE);
    }

    @Test
    void a_policy_goes_with_what_it_is_for() {
        policies.put(Scope.organisation(organisation), level(1), ANYTHING);
        policies.put(Scope.room(room), level(1), ANYTHING);

        new JdbiOrganisations(database).delete(organisation);
        new JdbiRoomStore(database).delete(room);

        assertThat(policies.find(Scope.organisation(organisation))).isEmpty();
        assertThat(policies.find(Scope.room(room))).isEmpty();
    }

    @Test
    void takes_several_at_once_and_keeps_one_of_them() throws Exception {
        Scope scope = Scope.room(room);
        CyclicBarrier start = new CyclicBarrier(6);
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<Future<Put>> running = IntStream.range(0, 6)
                    .mapToObj(it -> pool.submit(() -> {
                        start.await();
                        return policies.put(scope, level(it), ANYTHING);
                    }))
                    .toList();
            for (Future<Put> it : running) {
                assertThat(it.get()).isEqualTo(Put.DONE);
            }
        }
        assertThat(policies.find(scope).orElseThrow().of("länge").settings()).containsKey("level");
    }
}
