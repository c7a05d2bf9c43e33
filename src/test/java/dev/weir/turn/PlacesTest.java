package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final List<String> begun = new ArrayList<>();

    private void enter(Places places, String organisation, String branch) {
        places.enter(organisation, branch, () -> begun.add(branch));
    }

    @Test
    void begins_at_once_while_there_is_a_place() {
        Places places = new Places(2, 5);

        enter(places, "a", "a1");
        enter(places, "a", "a2");
        enter(places, "a", "a3");

        assertThat(begun).containsExactly("a1", "a2");
        assertThat(places.waiting()).isEqualTo(1);
        assertThat(places.isWaiting("a3")).isTrue();
    }

    @Test
    void serves_organisations_in_turn_and_each_in_its_order() {
        Places places = new Places(1, 100);
        enter(places, "x", "first");
        IntStream.rangeClosed(1, 5).forEach(i -> enter(places, "large", "large" + i));
        enter(places, "small", "small1");
        enter(places, "other", "other1");
        enter(places, "other", "other2");
        begun.clear();

        places.leave("first");
        while (places.waiting() > 0) {
            places.leave(begun.getLast());
        }

        assertThat(begun)
                .containsExactly("large1", "small1", "other1", "large2", "other2", "large3", "large4", "large5");
    }

    @Test
    void an_organisation_alone_may_have_half_of_the_line_and_leaves_room_for_another() {
        Places places = new Places(1, 10);
        enter(places, "x", "first");

        assertThat(fill(places, "large")).isEqualTo(5);
        assertThat(fill(places, "small")).isEqualTo(3);
        assertThat(places.hasRoom("third", 1)).isTrue();
        assertThat(fill(places, "third")).isEqualTo(1);
        assertThat(places.waiting()).isEqualTo(9);
    }

    private int fill(Places places, String organisation) {
        int entered = 0;
        while (places.hasRoom(organisation, 1)) {
            entered++;
            enter(places, organisation, organisation + entered);
        }
        return entered;
    }

    @Test
    void nobody_waits_where_there_is_no_line() {
        Places places = new Places(1, 0);
        assertThat(places.hasRoom("a", 1)).isTrue();

        enter(places, "a", "a1");

        assertThat(places.hasRoom("b", 1)).isFalse();
    }

    @Test
    void who_is_let_go_begins_without_a_place_and_takes_none() {
        Places places = new Places(1, 10);
        enter(places, "a", "a1");
        enter(places, "a", "a2");
        enter(places, "a", "a3");

        places.release("a2");
        assertThat(begun).containsExactly("a1", "a2");
        places.leave("a2");
        assertThat(begun).containsExactly("a1", "a2");
        places.leave("a1");

        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void what_has_begun_elsewhere_takes_a_place_even_where_there_is_none() {
        Places places = new Places(1, 10);
        enter(places, "a", "a1");
        places.force("taken-over");
        enter(places, "a", "a2");

        places.leave("a1");
        assertThat(begun).containsExactly("a1");
        places.leave("taken-over");

        assertThat(begun).containsExactly("a1", "a2");
    }

    @Property(tries = 200)
    void whoever_comes_and_goes_nobody_is_forgotten_and_no_place_is_given_twice(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int size) {
        begun.clear();
        Places places = new Places(size, 1000);
        List<String> entered = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (int step : steps) {
            if (step > 0 || begun.size() == left.size()) {
                String branch = "b" + entered.size();
                entered.add(branch);
                enter(places, "org" + step, branch);
            } else {
                String first = begun.stream()
                        .filter(it -> !left.contains(it))
                        .findFirst()
                        .orElseThrow();
                left.add(first);
                places.leave(first);
            }
            assertThat(begun.size() - left.size()).isEqualTo(Math.min(size, entered.size() - left.size()));
        }
        while (left.size() < entered.size()) {
            String first =
                    begun.stream().filter(it -> !left.contains(it)).findFirst().orElseThrow();
            left.add(first);
            places.leave(first);
        }
        assertThat(begun).containsExactlyInAnyOrderElementsOf(entered);
        assertThat(places.waiting()).isZero();
    }
}
