package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    /** Of "password" with the salt "somesaltsomesalt", computed by OpenSSL. */
    private static final String BY_OPENSSL =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA" + "$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE";

    private final Passwords passwords = new Passwords();

    @Test
    void hashes_with_argon2id_and_owasps_parameters() {
        assertThat(passwords.hash("kestrel over weirs")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void matches_the_right_password_only() {
        String hash = passwords.hash("kestrel over weirs");

        assertThat(passwords.matches("kestrel over weirs", hash)).isTrue();
        assertThat(passwords.matches("kestrel over weirS", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void salts_each_hash() {
        assertThat(passwords.hash("kestrel over weirs")).isNotEqualTo(passwords.hash("kestrel over weirs"));
    }

    @Test
    void matches_hashes_that_others_made() {
        assertThat(passwords.matches("password", BY_OPENSSL)).isTrue();
    }

    @Test
    void matches_a_letter_however_it_was_composed() {
        assertThat(passwords.matches("Cafe\u0301 am Wehr", passwords.hash("Caf\u00E9 am Wehr")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "$argon2id$v=19$", "$2a$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=x,t=2,p=1$a$b"
            })
    void matches_nothing_that_is_no_hash(String hash) {
        assertThat(passwords.matches("plain", hash)).isFalse();
    }

    @Test
    void matches_nobody_whatever_the_password() {
        assertThat(passwords.matchesNobody("kestrel over weirs")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "ninechars",
                "password123",
                "Passw0rd!2024",
                "P@ssword1234",
                "!!!letmein!!!",
                "Administrator1",
                "1234567890",
                "0987654321",
                "aaaaaaaaaaaa",
                "abcdefghijklm",
                "qwertyuiop",
                "qwertyuiop123",
                "asdfghjklqwertyuiop",
                "abcabcabcabc",
                "aabbccddeeff",
                "xk7xk7xk7xk7xk7",
                "my-ada.lovelace-password",
            })
    void refuses_what_is_guessed_first(String password) {
        assertThat(passwords.weakness(password, "ada.lovelace")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kestrel over weirs",
                "correct horse",
                "Tr0ub4dor&3x",
                "wehr über die Saale",
                "passwords are a nuisance",
                "日本語のパスワードです",
            })
    void takes_what_is_not(String password) {
        assertThat(passwords.weakness(password, "ada.lovelace")).isEmpty();
    }

    @Test
    void says_what_is_wrong_without_saying_the_password() {
        assertThat(passwords.weakness("tiny", "ada"))
                .hasValue("The password is too short: use at least 10 characters.");
        assertThat(passwords.weakness("x".repeat(1001), "ada"))
                .hasValueSatisfying(why -> assertThat(why).contains("1000").doesNotContain("xx"));
    }

    @Test
    void generates_strong_and_different_passwords() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String password = passwords.generate();
            assertThat(password).matches("([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}");
            assertThat(passwords.weakness(password, "admin")).isEmpty();
            assertThat(seen.add(password)).isTrue();
        }
    }
}
