package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyServiceTest {

    private static final User ADA = new User("u1", "ada", "Ada", "default", Set.of(Role.USER));
    private static final User BEN = new User("u2", "ben", "Ben", "default", Set.of(Role.USER));
    private static final User ADMIN = new User("u3", "admin", "Admin", "default", Set.of(Role.ADMIN));
    private static final User AUDITOR = new User("u4", "audit", "Audit", "default", Set.of(Role.AUDITOR));

    private final MemoryAccounts accounts = new MemoryAccounts();
    private final MemoryApiKeys stored = new MemoryApiKeys(accounts);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ApiKeyService keys = new ApiKeyService(stored, accounts, () -> now, Audit.NONE);

    @BeforeEach
    void createUsers() {
        for (User user : new User[] {ADA, BEN, ADMIN, AUDITOR}) {
            accounts.create(user, "hash");
        }
    }

    private static ApiKeyService.Wanted wanted(User owner) {
        return new ApiKeyService.Wanted("Batch job", owner.id(), Optional.empty(), Set.of());
    }

    @Test
    void finds_the_owner_of_a_key_and_keeps_only_its_hash() {
        ApiKeyService.Created created = keys.create(ADA, wanted(ADA));

        assertThat(keys.find(created.secret()).orElseThrow().owner())
                .isEqualTo(ADA.through(created.key().id()));
        assertThat(created.secret())
                .startsWith("weir_")
                .startsWith(created.key().start())
                .hasSizeGreaterThan(40);
        assertThat(stored.keys.toString() + stored.keys.keySet()).doesNotContain(created.secret());
        assertThat(created.toString()).doesNotContain(created.secret());
    }

    @Test
    void finds_nobody_for_what_is_no_key() {
        keys.create(ADA, wanted(ADA));

        for (String wrong : new String[] {"", "weir_", "weir_" + "A".repeat(43), "x".repeat(10_000)}) {
            assertThat(keys.find(wrong)).isEmpty();
        }
    }

    @Test
    void refuses_a_key_from_the_moment_it_expires() {
        Instant end = now.plus(Duration.ofHours(1));
        String secret = keys.create(ADA, new ApiKeyService.Wanted("Short", ADA.id(), Optional.of(end), Set.of()))
                .secret();

        now = end.minusMillis(1);
        assertThat(keys.find(secret)).isPresent();
        now = end;
        assertThat(keys.find(secret)).isEmpty();
    }

    @Test
    void refuses_a_revoked_key_at_once() {
        ApiKeyService.Created created = keys.create(ADA, wanted(ADA));

        keys.revoke(ADA, created.key().id());

        assertThat(keys.find(created.secret())).isEmpty();
    }

    @Test
    void limits_the_caller_to_the_key_s_models() {
        String secret = keys.create(ADA, new ApiKeyService.Wanted("Fast", ADA.id(), Optional.empty(), Set.of("fast")))
                .secret();

        User caller = keys.find(secret).orElseThrow().owner();

        assertThat(caller.mayAsk("fast")).isTrue();
        assertThat(caller.mayAsk("smart")).isFalse();
        assertThat(ADA.mayAsk("smart")).isTrue();
    }

    @Test
    void lets_only_administrators_make_and_revoke_the_keys_of_others() {
        assertThatThrownBy(() -> keys.create(ADA, wanted(BEN))).isInstanceOf(AccountProblem.class);
        assertThatThrownBy(() -> keys.create(AUDITOR, wanted(BEN))).isInstanceOf(AccountProblem.class);
        ApiKey bens = keys.create(ADMIN, wanted(BEN)).key();

        assertThatThrownBy(() -> keys.revoke(ADA, bens.id())).isInstanceOf(AccountProblem.class);
        assertThatThrownBy(() -> keys.revoke(AUDITOR, bens.id())).isInstanceOf(AccountProblem.class);
        keys.revoke(ADMIN, bens.id());
        assertThat(stored.keys).isEmpty();
    }

    @Test
    void lists_one_s_own_and_for_overseers_all() {
        ApiKey adas = keys.create(ADA, wanted(ADA)).key();
        ApiKey bens = keys.create(BEN, wanted(BEN)).key();

        assertThat(keys.list(ADA)).containsExactly(adas);
        assertThat(keys.list(ADMIN)).containsExactly(bens, adas);
        assertThat(keys.list(AUDITOR)).containsExactly(bens, adas);
    }

    @Test
    void says_what_is_wrong_with_a_wish() {
        assertThatThrownBy(() -> keys.create(ADA, new ApiKeyService.Wanted(" ", ADA.id(), Optional.empty(), Set.of())))
                .hasMessageContaining("name");
        assertThatThrownBy(
                        () -> keys.create(ADA, new ApiKeyService.Wanted("Old", ADA.id(), Optional.of(now), Set.of())))
                .hasMessageContaining("past");
        assertThatThrownBy(() ->
                        keys.create(ADMIN, new ApiKeyService.Wanted("Whose", "nobody", Optional.empty(), Set.of())))
                .hasMessageContaining("no such user");
        for (int i = 0; i < ApiKeyService.MOST_PER_OWNER; i++) {
            keys.create(ADA, wanted(ADA));
        }
        assertThatThrownBy(() -> keys.create(ADA, wanted(ADA))).hasMessageContaining("at most 100");
    }

    @Test
    void keeps_the_last_use_once_a_minute() {
        String secret = keys.create(ADA, wanted(ADA)).secret();

        for (int i = 0; i < 120; i++) {
            keys.find(secret);
            now = now.plusSeconds(1);
        }

        assertThat(stored.uses).isEqualTo(2);
    }

    @Test
    void adopts_a_strong_key_of_the_configuration_and_refuses_a_weak_one() {
        String strong = "Zk3pQ8vTn1xR6cW9yB4mJ7dF2hL5sGaE";
        keys.adopt(ADMIN, "From the configuration", strong);

        assertThat(keys.find(strong).orElseThrow().owner()).extracting(User::id).isEqualTo(ADMIN.id());
        for (String weak :
                new String[] {"short", "a".repeat(40), "abcdefghijklmnopqrstuvwxyz0123456789", "with space ".repeat(4)
                }) {
            assertThatThrownBy(() -> keys.adopt(ADMIN, "Weak", weak))
                    .isInstanceOf(WeakPasswordException.class)
                    .hasMessageNotContaining(weak);
        }
    }
}
