package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.Audit;
import dev.weir.identity.SignInResult.Accepted;
import dev.weir.identity.SignInResult.Limited;
import dev.weir.identity.SignInResult.Wrong;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInServiceTest {

    private static final String RIGHT = "kestrel over weirs";
    private static final String HERE = "192.0.2.1";

    private final FakeClock clock = new FakeClock();
    private final MemoryAccounts accounts = new MemoryAccounts();
    private final Passwords passwords = new Passwords();
    private final SignInService service =
            new SignInService(accounts, accounts, passwords, clock, Duration.ofDays(14), Audit.NONE, SignInNews.ALONE);
    private final User ada = new User("u1", "ada", "Ada", "default", Set.of(Role.USER));

    SignInServiceTest() {
        accounts.create(ada, passwords.hash(RIGHT));
    }

    @Test
    void accepts_the_right_password() {
        Accepted accepted = signIn();

        assertThat(accepted.user()).isEqualTo(ada);
        assertThat(accepted.expires()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
        assertThat(accepted.token()).matches("[A-Za-z0-9_-]{43}");
        assertThat(accepted.toString()).doesNotContain(accepted.token());
    }

    @Test
    void takes_the_login_in_any_case_and_with_spaces_around_it() {
        assertThat(service.signIn("  ADA ", RIGHT, HERE)).isInstanceOf(Accepted.class);
    }

    @Test
    void says_the_same_for_a_wrong_password_and_an_unknown_login() {
        assertThat(service.signIn("ada", "wrong", HERE)).isEqualTo(new Wrong());
        assertThat(service.signIn("nobody", RIGHT, HERE)).isEqualTo(new Wrong());
        assertThat(service.signIn("", RIGHT, HERE)).isEqualTo(new Wrong());
        assertThat(service.signIn("a".repeat(400), RIGHT, HERE)).isEqualTo(new Wrong());
        assertThat(service.signIn("ada", "x".repeat(2000), HERE)).isEqualTo(new Wrong());
    }

    @Test
    void keeps_no_token_in_the_database() {
        Accepted accepted = signIn();

        assertThat(accounts.signIns.keySet()).hasSize(1).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(accounts.signIns.keySet()).doesNotContain(accepted.token());
        assertThat(signIn().token()).isNotEqualTo(accepted.token());
    }

    @Test
    void limits_wrong_attempts_for_a_login_from_wherever_they_come() {
        for (int i = 0; i < 5; i++) {
            assertThat(service.signIn("ada", "wrong", "192.0.2." + i)).isEqualTo(new Wrong());
            clock.pass(Duration.ofSeconds(10));
        }

        assertThat(service.signIn("ada", RIGHT, HERE)).isEqualTo(new Limited(Duration.ofSeconds(250)));
        assertThat(service.signIn("ADA", RIGHT, HERE)).isInstanceOf(Limited.class);
        assertThat(service.signIn("nobody", RIGHT, HERE)).isEqualTo(new Wrong());
        clock.pass(Duration.ofMillis(249_500));
        assertThat(service.signIn("ada", RIGHT, HERE)).isEqualTo(new Limited(Duration.ofSeconds(1)));
        clock.pass(Duration.ofMillis(500));
        assertThat(service.signIn("ada", RIGHT, HERE)).isInstanceOf(Accepted.class);
    }

    @Test
    void limits_unknown_logins_just_the_same() {
        for (int i = 0; i < 5; i++) {
            service.signIn("nobody", "wrong", HERE);
        }

        assertThat(service.signIn("nobody", "wrong", HERE)).isInstanceOf(Limited.class);
    }

    @Test
    void limits_wrong_attempts_from_an_address() {
        String longLogin = "x".repeat(400);
        for (int i = 0; i < 50; i++) {
            assertThat(service.signIn(longLogin, "wrong", "2001:db8::" + i)).isEqualTo(new Wrong());
        }

        assertThat(service.signIn("ada", RIGHT, "2001:db8:0:0:ffff::1")).isInstanceOf(Limited.class);
        assertThat(service.signIn(longLogin, RIGHT, "2001:db8::1")).isInstanceOf(Limited.class);
        assertThat(service.signIn("ada", RIGHT, "2001:db8:0:1::1")).isInstanceOf(Accepted.class);
        assertThat(service.signIn("ada", RIGHT, HERE)).isInstanceOf(Accepted.class);
    }

    @Test
    void forgives_wrong_attempts_after_the_right_password() {
        for (int round = 0; round < 6; round++) {
            service.signIn("ada", "wrong", HERE);
            assertThat(service.signIn("ada", RIGHT, HERE)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void finds_the_user_of_a_token_until_it_expires() {
        Accepted accepted = signIn();

        assertThat(service.find(accepted.token())).hasValue(ada);
        clock.pass(Duration.ofDays(14).minusSeconds(1));
        assertThat(service.find(accepted.token())).hasValue(ada);
        clock.pass(Duration.ofSeconds(6));
        assertThat(service.find(accepted.token())).isEmpty();
    }

    @Test
    void finds_nobody_for_any_other_token() {
        String token = signIn().token();

        assertThat(service.find("")).isEmpty();
        assertThat(service.find(token + "x")).isEmpty();
        assertThat(service.find("x" + token.substring(1, 42) + "-")).isEmpty();
    }

    @Test
    void asks_the_database_once_in_five_seconds() {
        String token = signIn().token();
        for (int i = 0; i < 10; i++) {
            assertThat(service.find(token)).isPresent();
        }
        assertThat(accounts.finds).isEqualTo(1);

        clock.pass(Duration.ofSeconds(5));
        assertThat(service.find(token)).isPresent();
        assertThat(accounts.finds).isEqualTo(2);
    }

    @Test
    void signs_out_at_once() {
        String token = signIn().token();
        String other = signIn().token();
        assertThat(service.find(token)).isPresent();
        service.signOut(token);

        assertThat(service.find(token)).isEmpty();
        assertThat(service.find(other)).isPresent();
        service.signOut(token);
    }

    @Test
    void stays_signed_out_when_a_request_was_looking_at_the_same_moment() {
        String token = signIn().token();
        accounts.duringFind = () -> service.signOut(token);
        service.find(token);
        accounts.duringFind = () -> {};

        assertThat(service.find(token)).isEmpty();
    }

    @Test
    void signs_out_everywhere() {
        String one = signIn().token();
        String two = signIn().token();
        assertThat(service.find(one)).isPresent();
        service.signOutEverywhere(ada.id());

        assertThat(service.find(one)).isEmpty();
        assertThat(service.find(two)).isEmpty();
    }

    @Test
    void clears_away_expired_sign_ins_as_it_goes() {
        signIn();
        clock.pass(Duration.ofDays(15));
        signIn();

        assertThat(accounts.signIns).hasSize(1);
    }

    @Test
    void refuses_a_lifetime_that_makes_no_sense() {
        assertThatThrownBy(() -> new SignInService(
                        accounts, accounts, passwords, clock, Duration.ZERO, Audit.NONE, SignInNews.ALONE))
                .hasMessageContaining("weir.session.lifetime");
    }

    private Accepted signIn() {
        return (Accepted) service.signIn("ada", RIGHT, HERE);
    }
}
