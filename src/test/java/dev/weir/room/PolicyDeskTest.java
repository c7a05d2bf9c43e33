package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.MemoryPolicies;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Origin;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyNews;
import dev.weir.pipeline.PolicyProblem;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.StoredPolicies;
import dev.weir.pipeline.Tuning;
import dev.weir.pipeline.UsageMeter;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyDeskTest {

    private static final Organisations ORGANISATIONS = (Organisations) Proxy.newProxyInstance(
            Organisations.class.getClassLoader(),
            new Class<?>[] {Organisations.class},
            (self, method, arguments) ->
                    arguments[0].equals("org") ? Optional.of(new Organisation("org", "Org")) : Optional.empty());

    private final RoomRig rig = new RoomRig();
    private final User admin = new User("u4", "root", "Root", "org", Set.of(Role.ADMIN));
    private final User auditor = new User("u5", "olga", "Olga", "org", Set.of(Role.AUDITOR));
    private final StoredPolicies policies =
            new StoredPolicies(new MemoryPolicies(), PolicyNews.ALONE, InstantSource.system(), Runnable::run);
    private final Pipeline pipeline =
            new Pipeline(List.of(new UsageMeter(), new LengthGuard()), key -> Optional.empty(), policies);
    private final List<String> recorded = new ArrayList<>();
    private final PolicyDesk desk = new PolicyDesk(
            policies,
            pipeline,
            ORGANISATIONS,
            rig.store,
            rig.store,
            (kind, who, place, action, subject, details) ->
                    recorded.add(kind.word() + " " + who.user() + " " + action + " " + subject + " " + details));
    private final Scope room = Scope.room(rig.room);

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Policy length(Mode mode, boolean locked) {
        return new Policy(Optional.empty(), false, Map.of("length", new Tuning(Optional.of(mode), Map.of(), locked)));
    }

    private static InForce length(PolicyDesk.View view) {
        return view.plan().find("length").orElseThrow();
    }

    @Test
    void shows_what_a_room_says_and_what_it_inherits_from_the_organisation_of_its_members() {
        desk.save(admin, Scope.organisation("org"), length(Mode.REPORT, false), Optional.empty());
        desk.save(admin, room, length(Mode.OFF, false), Optional.empty());

        PolicyDesk.Standing standing = desk.standing(auditor, room);

        assertThat(standing.organisation()).isEqualTo("org");
        assertThat(length(standing.plan()).mode()).isEqualTo(Mode.OFF);
        assertThat(length(standing.plan()).modeFrom()).isEqualTo(Origin.ROOM);
        assertThat(length(standing.inherited()).mode()).isEqualTo(Mode.REPORT);
        assertThat(length(standing.inherited()).modeFrom()).isEqualTo(Origin.ORGANISATION);
        assertThat(desk.scopes(auditor)).containsExactlyInAnyOrder(room, Scope.organisation("org"));
    }

    @Test
    void a_change_counts_for_the_next_turn() {
        assertThat(pipeline.plan("org", rig.room).declared()).hasSize(2);

        desk.save(admin, room, length(Mode.OFF, false), Optional.empty());
        assertThat(pipeline.plan("org", rig.room).declared()).hasSize(1);

        desk.reset(admin, room, Optional.empty());
        assertThat(pipeline.plan("org", rig.room).declared()).hasSize(2);
    }

    @Test
    void refuses_a_change_to_a_policy_that_is_another_one_by_now() {
        Optional<String> seen = Optional.of(desk.standing(admin, room).version());
        desk.save(admin, room, length(Mode.OFF, false), seen);

        for (Runnable late : List.<Runnable>of(
                () -> desk.save(admin, room, length(Mode.REPORT, false), seen), () -> desk.reset(admin, room, seen))) {
            assertThatThrownBy(late::run)
                    .isInstanceOfSatisfying(
                            Refusal.class, it -> assertThat(it.code()).isEqualTo(Refusal.Code.CHANGED));
        }
        assertThat(length(desk.standing(admin, room).plan()).mode()).isEqualTo(Mode.OFF);
        assertThat(recorded).hasSize(1);
        desk.reset(admin, room, Optional.of(desk.standing(admin, room).version()));
        assertThat(Optional.of(desk.standing(admin, room).version())).isEqualTo(seen);
    }

    @Test
    void records_who_changed_what() {
        desk.save(admin, room, length(Mode.OFF, false), Optional.empty());
        desk.reset(admin, room, Optional.empty());
        assertThatThrownBy(() -> desk.reset(auditor, room, Optional.empty())).isInstanceOf(Refusal.class);

        assertThat(recorded)
                .containsExactly(
                        "admin u4 policy.set room:" + rig.room + " {\"interceptors\":{\"length\":{\"mode\":\"off\"}}}",
                        "admin u4 policy.reset room:" + rig.room + " ",
                        "refused u5 policy.set room:" + rig.room + " ");
    }

    @Test
    void a_policy_that_says_nothing_is_none() {
        desk.save(admin, room, length(Mode.OFF, false), Optional.empty());
        desk.save(admin, room, Policy.NONE, Optional.empty());

        assertThat(desk.scopes(admin)).isEmpty();
    }

    @Test
    void checks_a_room_against_the_locks_above_it() {
        desk.save(admin, Scope.INSTALLATION, length(Mode.ENFORCE, true), Optional.empty());

        assertThatThrownBy(() -> desk.save(admin, room, length(Mode.OFF, false), Optional.empty()))
                .isInstanceOf(PolicyProblem.class)
                .hasMessageContaining("locked by the installation");
    }

    @Test
    void only_administrators_change_and_only_they_and_auditors_see() {
        desk.standing(auditor, Scope.INSTALLATION);
        for (User user : List.of(auditor, rig.ada)) {
            assertThatThrownBy(() -> desk.save(user, room, Policy.NONE, Optional.empty()))
                    .isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> desk.reset(user, room, Optional.empty())).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> desk.standing(rig.ada, room)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.interceptors(rig.ada)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.scopes(rig.ada)).isInstanceOf(Refusal.class);
    }

    @Test
    void knows_no_organisation_or_room_that_is_not_there() {
        for (Scope scope : List.of(Scope.organisation("nobody"), Scope.room("nowhere"))) {
            assertThatThrownBy(() -> desk.standing(admin, scope)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> desk.save(admin, scope, Policy.NONE, Optional.empty()))
                    .isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> desk.reset(admin, scope, Optional.empty())).isInstanceOf(Refusal.class);
        }
    }
}
