package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static User with(Role... roles) {
        return new User("u1", "ada", "Ada", "org", Set.of(roles));
    }

    @Test
    void auditors_read_and_send_nothing() {
        assertThat(Admission.admits(with(Role.AUDITOR, Role.USER), true)).isTrue();
        assertThat(Admission.admits(with(Role.AUDITOR, Role.USER), false)).isFalse();
    }

    @Test
    void administrators_do_both_and_users_neither() {
        assertThat(Admission.admits(with(Role.ADMIN), true)).isTrue();
        assertThat(Admission.admits(with(Role.ADMIN), false)).isTrue();
        assertThat(Admission.admits(with(Role.USER), true)).isFalse();
        assertThat(Admission.admits(with(Role.USER), false)).isFalse();
    }
}
