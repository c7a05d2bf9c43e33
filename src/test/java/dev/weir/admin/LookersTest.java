package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LookersTest {

    private final Map<String, String> sees = new HashMap<>(Map.of("ada", "all", "mia", "org", "max", "org"));
    private final Lookers lookers = new Lookers(2);

    private Map<String, Set<String>> looking() {
        return lookers.looking(it -> Optional.ofNullable(sees.get(it)));
    }

    @Test
    void are_told_apart_by_what_they_may_see() {
        for (String user : new String[] {"ada", "mia", "max", "nobody"}) {
            lookers.opened(user);
        }
        assertThat(looking()).isEqualTo(Map.of("all", Set.of("ada"), "org", Set.of("mia", "max")));
    }

    @Test
    void who_may_no_longer_see_it_is_left_out_soon() {
        lookers.opened("ada");
        assertThat(looking()).containsOnlyKeys("all");
        sees.remove("ada");
        assertThat(looking()).containsOnlyKeys("all");
        assertThat(looking()).isEmpty();
    }

    @Test
    void are_there_until_their_last_page_is_closed() {
        lookers.opened("ada");
        lookers.opened("ada");
        lookers.closed("ada");
        assertThat(lookers.isEmpty()).isFalse();
        lookers.closed("ada");
        assertThat(lookers.isEmpty()).isTrue();
    }
}
