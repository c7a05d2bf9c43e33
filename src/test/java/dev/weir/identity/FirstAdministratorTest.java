package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.Audit;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstAdministratorTest {

    private final MemoryAccounts accounts = new MemoryAccounts();
    private final Passwords passwords = new Passwords();
    private final MemoryApiKeys stored = new MemoryApiKeys(accounts);
    private final ApiKeyService keys = new ApiKeyService(stored, accounts, InstantSource.system(), Audit.NONE);
    private final FirstAdministrator first = new FirstAdministrator(accounts, passwords, keys);

    @Test
    void creates_the_administrator_with_a_generated_password() {
        String password = first.ensure(Optional.empty(), Optional.empty()).orElseThrow();

        User admin = accounts.byLogin("admin").orElseThrow();
        assertThat(admin.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.USER);
        assertThat(admin.organisation()).isEqualTo("default");
        assertThat(accounts.organisations).containsKey("default");
        assertThat(passwords.matches(password, accounts.passwordHash("admin").orElseThrow()))
                .isTrue();
    }

    @Test
    void takes_the_configured_password_and_gives_none_back() {
        assertThat(first.ensure(Optional.of("kestrel over weirs"), Optional.empty()))
                .isEmpty();

        assertThat(passwords.matches(
                        "kestrel over weirs", accounts.passwordHash("admin").orElseThrow()))
                .isTrue();
    }

    @Test
    void refuses_a_weak_password_and_creates_nobody() {
        assertThatThrownBy(() -> first.ensure(Optional.of("admin12345"), Optional.empty()))
                .isInstanceOf(WeakPasswordException.class)
                .hasMessageContaining("weir.admin.password")
                .hasMessageNotContaining("admin12345");
        assertThat(accounts.isEmpty()).isTrue();
    }

    @Test
    void does_nothing_once_there_is_a_user() {
        accounts.create(new User("u1", "ada", "Ada", "default", Set.of(Role.ADMIN)), "hash");

        assertThat(first.ensure(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(first.ensure(Optional.of("weak"), Optional.empty())).isEmpty();
        assertThat(accounts.users).hasSize(1);
    }
}
