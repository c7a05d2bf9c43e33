package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditKey;
import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import dev.weir.audit.AuditSettings;
import dev.weir.audit.AuditStore;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.ChainCheck.Report;
import dev.weir.audit.Kind;
import dev.weir.audit.Seal;
import dev.weir.audit.Trail;
import dev.weir.audit.Where;
import dev.weir.audit.Who;
import dev.weir.event.Ids;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do for the audit. */
abstract class AuditStoreContract {

    private static final AuditKey KEY = AuditKey.of("k".repeat(32));
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path data;

    private final Engine engine;
    private final String room = Ids.next();
    private Database database;
    private JdbiAuditStore store;
    private Trail trail;
    private String chain;

    AuditStoreContract(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        database = engine.shared();
        store = new JdbiAuditStore(database);
        AuditDirectory directory = new AuditDirectory(data);
        chain = directory.chain();
        trail = new Trail(store, directory, KEY, AuditSettings.DEFAULT, InstantSource.system(), System::nanoTime);
        trail.start();
    }

    @AfterEach
    void stop() {
        trail.stop(SOON);
    }

    private void record(Kind kind, String user, String action, String details) {
        trail.record(kind, new Who(user, "org"), Where.room(room), action, "", details);
        assertThat(trail.flush(SOON)).isTrue();
    }

    private Report check() {
        return ChainCheck.of(
                store,
                chain,
                List.of(KEY),
                new AuditDirectory(data).anchor().stream().toList());
    }

    private AuditQuery here() {
        return AuditQuery.ofRoom(room);
    }

    @Test
    void gives_back_what_was_written_so_that_the_chain_holds() {
        record(Kind.ADMIN, "ada", "user.create", "name Ben \uD83D\uDE00 NUL \0 half \uD83D.");
        record(Kind.ADMIN, "ada", "user.delete", "");
        List<AuditRecord> found = store.find(here().inOrder(), Optional.empty(), 10);

        assertThat(found).extracting(it -> it.fact().action()).containsExactly("user.create", "user.delete");
        assertThat(found.getFirst().text()).hasValue("name Ben 😀 NUL \uFFFD half \uFFFD.");
        assertThat(found.getLast().text()).isEmpty();
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void finds_by_every_filter_and_goes_through_pages() {
        for (int i = 0; i < 7; i++) {
            record(i % 2 == 0 ? Kind.ADMIN : Kind.ROOM, i < 4 ? "ada" : "ben", "act" + i, "");
        }
        assertThat(pages(here())).containsExactly("act6", "act5", "act4", "act3", "act2", "act1", "act0");
        assertThat(pages(here().inOrder())).containsExactly("act0", "act1", "act2", "act3", "act4", "act5", "act6");
        assertThat(pages(query("ben", Optional.empty()))).containsExactly("act6", "act5", "act4");
        assertThat(pages(query("", Optional.of(Kind.ROOM)))).containsExactly("act5", "act3", "act1");
        assertThat(pages(AuditQuery.ofActions("act").ofUser("ada")))
                .contains("act2", "act0")
                .doesNotContain("act1", "act4");
        assertThat(pages(AuditQuery.ofActions("act4"))).contains("act4").doesNotContain("act2");
        assertThat(pages(new AuditQuery(
                        Optional.of(Instant.now().plusSeconds(60)),
                        Optional.empty(),
                        "",
                        room,
                        "",
                        "",
                        Optional.empty(),
                        false)))
                .isEmpty();
        assertThat(pages(new AuditQuery(
                        Optional.empty(), Optional.empty(), "", room, "none", "", Optional.empty(), false)))
                .isEmpty();
        assertThat(pages(new AuditQuery(
                        Optional.empty(), Optional.empty(), "", room, "", "none", Optional.empty(), false)))
                .isEmpty();
    }

    private AuditQuery query(String user, Optional<Kind> kind) {
        return new AuditQuery(Optional.empty(), Optional.empty(), user, room, "", "", kind, false);
    }

    private List<String> pages(AuditQuery query) {
        List<String> actions = new ArrayList<>();
        Optional<AuditPlace> after = Optional.empty();
        while (true) {
            List<AuditRecord> page = store.find(query, after, 3);
            page.forEach(it -> actions.add(it.fact().action()));
            if (page.size() < 3) {
                return actions;
            }
            after = AuditPlace.parse(AuditPlace.of(page.getLast()).toString());
            assertThat(after).isPresent();
        }
    }

    @Test
    void erases_texts_and_leaves_the_chain_good() {
        record(Kind.ADMIN, "ada", "user.create", "name Ben");
        assertThat(store.eraseTexts(here())).isEqualTo(1);

        assertThat(store.find(here(), Optional.empty(), 10))
                .allMatch(it -> it.text().isEmpty() && it.erased());
        assertThat(check().problems()).isEmpty();
        assertThat(check().erased()).isEqualTo(1);
    }

    @Test
    void lets_a_change_in_the_table_show() {
        record(Kind.ADMIN, "ada", "user.create", "name Ben");
        record(Kind.ADMIN, "ada", "user.delete", "");
        database.update("UPDATE audit_record SET account = 'eve' WHERE room = ? AND action = 'user.create'", room);
        assertThat(check().problems()).singleElement().asString().contains("was changed");

        database.update("DELETE FROM audit_record WHERE room = ? AND action = 'user.create'", room);
        assertThat(check().problems()).singleElement().asString().contains("is missing");
    }

    @Test
    void appends_only_where_the_chain_ends() {
        record(Kind.ADMIN, "ada", "user.create", "");
        AuditStore.Chain now = store.chain(chain);
        Seal head = now.head().orElseThrow();
        Seal wrong = new Seal(head.purpose(), chain, head.seq(), "0".repeat(64), 0, head.key(), head.mac());

        assertThatThrownBy(() -> store.append(Optional.of(wrong), List.of(), head, Optional.empty()))
                .isInstanceOf(AuditStore.Moved.class);
        assertThatThrownBy(() -> store.append(Optional.empty(), List.of(), head, Optional.empty()))
                .isInstanceOf(AuditStore.Moved.class);
        assertThat(store.chain(chain)).isEqualTo(now);
    }

    @Test
    void shortens_a_chain_from_its_beginning() {
        record(Kind.ADMIN, "ada", "one", "");
        record(Kind.ADMIN, "ada", "two", "");
        AuditRecord old =
                store.lastBefore(chain, Instant.now().plusSeconds(60), 2).orElseThrow();
        assertThat(old.seq()).isEqualTo(2);
        assertThat(store.lastBefore(chain, Instant.EPOCH, 10)).isEmpty();
        Path other = data.resolve("other");
        Trail later = new Trail(
                store,
                new AuditDirectory(other),
                KEY,
                new AuditSettings(
                        AuditSettings.DEFAULT.whenUnavailable(),
                        Duration.ofSeconds(10),
                        1 << 20,
                        Duration.ofMillis(5),
                        Duration.ofDays(365)),
                () -> Instant.now().plus(Duration.ofDays(400)),
                System::nanoTime);
        later.start();
        await().atMost(SOON).until(() -> store.chain(chain).start().isPresent());
        later.stop(SOON);

        assertThat(store.find(here(), Optional.empty(), 10)).isEmpty();
        record(Kind.ADMIN, "ada", "three", "");
        assertThat(check().problems()).isEmpty();
        assertThat(check().first()).isEqualTo(4);
        assertThat(store.chains()).anyMatch(it -> it.name().equals(chain));
    }
}
