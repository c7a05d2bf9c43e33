package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditKey;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditSettings;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.Kind;
import dev.weir.audit.MemoryAuditStore;
import dev.weir.audit.Trail;
import dev.weir.audit.Where;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReviewTest {

    private static final AuditKey KEY = AuditKey.of("k".repeat(32));

    private final User auditor = new User("aud", "aud", "Aud", "org", Set.of(Role.AUDITOR));
    private final User admin = new User("adm", "adm", "Adm", "org", Set.of(Role.ADMIN));
    private final RoomRig rig = new RoomRig();
    private final MemoryAuditStore store = new MemoryAuditStore();

    @TempDir
    Path data;

    private Trail trail;

    @BeforeEach
    void record_something() {
        List.of(auditor, admin).forEach(rig.store::user);
        trail = new Trail(
                store, new AuditDirectory(data), KEY, AuditSettings.DEFAULT, InstantSource.system(), System::nanoTime);
        trail.start();
        trail.record(Kind.TEXT, rig.ada.who(), Where.room(rig.room), "", "", "What was said");
        trail.record(rig.ada.who(), "user.create", "ben", "login ben");
    }

    @AfterEach
    void stop() {
        rig.close();
        trail.stop(Duration.ofSeconds(5));
    }

    private AuditReview review(boolean auditorsSeeTexts) {
        return new AuditReview(store, trail, new AuditDirectory(data), KEY, rig.store, rig.store, auditorsSeeTexts);
    }

    private List<String> seen(AuditReview review, User caller) {
        return review.search(caller, AuditQuery.ALL, Optional.empty(), 100).records().stream()
                .map(it -> it.hidden() ? "hidden" : it.text().orElse("none"))
                .toList();
    }

    @Test
    void shows_what_was_said_to_members_only() {
        assertThat(seen(review(false), auditor)).contains("hidden", "login ben").doesNotContain("What was said");
        rig.store.addMember(rig.room, auditor.id());
        assertThat(seen(review(false), auditor)).contains("What was said");
    }

    @Test
    void shows_it_to_auditors_when_they_are_to_see_it_and_records_that() {
        assertThat(seen(review(true), admin)).contains("hidden");
        assertThat(store.chains()).hasSize(1);
        assertThat(seen(review(true), auditor)).contains("What was said");
        assertThat(trail.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(review(false)
                        .search(auditor, AuditQuery.ALL, Optional.empty(), 100)
                        .records())
                .anyMatch(it -> it.record().fact().action().equals("audit.search")
                        && it.record().fact().who().equals(auditor.who()));
    }

    @Test
    void refuses_who_is_neither_administrator_nor_auditor() {
        AuditReview review = review(true);
        assertThatThrownBy(() -> seen(review, rig.ada)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> review.export(rig.ada, AuditQuery.ALL, it -> {}))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> review.chains(rig.ada)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> review.verify(rig.ada)).isInstanceOf(Refusal.class);
    }

    @Test
    void records_exports_and_checks() {
        List<AuditReview.Seen> lines = new ArrayList<>();
        review(false).export(auditor, AuditQuery.ALL, lines::add);
        assertThat(lines).anyMatch(it -> it.record().fact().action().equals("audit.export"));
        assertThat(review(false).verify(auditor)).allMatch(ChainCheck.Report::good);
        assertThat(review(false).chains(auditor)).singleElement().satisfies(it -> {
            assertThat(it.own()).isTrue();
            assertThat(it.hash()).hasSize(64);
        });
    }
}
