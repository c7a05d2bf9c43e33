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
        assertThat(Admission.admits(with(Role.AUDITOR, Role.USER), "/admin/rooms", true))
                .isTrue();
        assertThat(Admission.admits(with(Role.AUDITOR, Role.USER), "/admin/rooms", false))
                .isFalse();
    }

    @Test
    void administrators_do_both_and_users_neither() {
        assertThat(Admission.admits(with(Role.ADMIN), "/admin/rooms", true)).isTrue();
        assertThat(Admission.admits(with(Role.ADMIN), "/admin/rooms", false)).isTrue();
        assertThat(Admission.admits(with(Role.USER), "/admin/rooms", true)).isFalse();
        assertThat(Admission.admits(with(Role.USER), "/admin/rooms", false)).isFalse();
    }

    @Test
    void managers_have_the_pages_about_budgets_and_no_others() {
        for (String page :
                new String[] {"/admin/consumption", "/admin/budgets", "/admin/budget", "/admin/simulation"}) {
            assertThat(Admission.admits(with(Role.MANAGER), page, true)).isTrue();
            assertThat(Admission.admits(with(Role.MANAGER), page, false)).isTrue();
            assertThat(Admission.admits(with(Role.USER), page, true)).isFalse();
        }
        for (String page : new String[] {"", "/admin/", "/admin/index", "/admin/rooms", "/admin/users"}) {
            assertThat(Admission.admits(with(Role.MANAGER), page, true)).isFalse();
            assertThat(Admission.admits(with(Role.MANAGER, Role.USER), page, false))
                    .isFalse();
        }
    }
}
