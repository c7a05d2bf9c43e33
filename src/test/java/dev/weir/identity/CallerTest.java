package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.Callers.Credentials;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

    private final User ada = new User("u1", "ada", "Ada", "default", Set.of(Role.ADMIN));
    private final Caller caller = new Caller(ada, new Credentials("", "token"));

    @Test
    void is_named_by_the_users_id() {
        assertThat(caller.getName()).isEqualTo("u1");
        assertThat(caller.user()).isEqualTo(ada);
    }

    @Test
    void keeps_the_id_alone_when_told_to_forget_and_may_do_nothing() {
        caller.forget();

        assertThat(caller.getName()).isEqualTo("u1");
        assertThat(caller.user().id()).isEqualTo("u1");
        assertThat(caller.user().toString()).doesNotContain("ada", "Ada", "default");
        assertThat(caller.user().is(Role.ADMIN)).isFalse();
        assertThat(caller.user().disabled()).isTrue();
        assertThat(caller.credentials()).isEqualTo(Credentials.NONE);
    }
}
