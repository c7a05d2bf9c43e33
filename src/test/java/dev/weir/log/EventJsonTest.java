package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Entry;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    @Property(tries = 500)
    void reads_what_it_wrote(@ForAll("events") Event event, @ForAll("moments") Instant at) {
        assertThat(EventParser.parse(7, EventJson.write(at, event))).contains(new Entry(7, at, event));
    }

    @Property(tries = 500)
    void reads_deltas_and_only_deltas_the_short_way(@ForAll("events") Event event, @ForAll("moments") Instant at) {
        assertThat(EventParser.delta(EventJson.write(at, event)))
                .isEqualTo(event instanceof Event.Delta delta ? Optional.of(delta) : Optional.empty());
    }

    @Property(tries = 300)
    void a_frame_of_any_events_is_json_with_their_numbers(@ForAll("events") Event one, @ForAll("events") Event two) {
        String json = Frame.of(
                        new dev.weir.event.Cursor(3, 9),
                        List.of(
                                EventJson.numbered(7, EventJson.write(NOON, one)),
                                EventJson.numbered(8, EventJson.write(NOON, two))))
                .json();

        var frame = ClientView.read(json);
        assertThat(frame.path("cursor").asText()).isEqualTo("000003-000000000009");
        assertThat(frame.path("events").findValuesAsText("seq")).containsExactly("7", "8");
        assertThat(json).doesNotContain("\n", "\r");
    }

    @Test
    void passes_over_a_type_of_a_newer_version() {
        assertThat(EventParser.parse(1, "{\"at\":\"2026-03-01T12:00:00Z\",\"type\":\"reaction\"}"))
                .isEmpty();
    }

    @Test
    void says_that_other_text_is_no_event() {
        for (String text : List.of("", "{", "[]", "7", "{}", "null", "{\"at\":\"now\",\"type\":\"delta\"}")) {
            assertThatThrownBy(() -> EventParser.parse(1, text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
    }

    /** Any UTF-16, also control characters and halves of surrogate pairs. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().withCharRange('\u0000', ' ').ofMaxLength(8),
                Arbitraries.strings().withCharRange('\ud7f0', '\ue00f').ofMaxLength(8),
                Arbitraries.of("", "\"", "\\", "</script>", "\u2028\u2029", "\ud83d\ude00", "null", "é"));
    }

    private Arbitrary<Member> members() {
        return Combinators.combine(Arbitraries.of(Member.Kind.values()), texts(), texts())
                .as(Member::new);
    }

    private Arbitrary<Usage> usages() {
        var number = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(number, number, number, Arbitraries.of(true, false))
                .as(Usage::new);
    }

    private Arbitrary<Timing> timings() {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(-1),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(Timing::new);
    }

    private Arbitrary<Optional<String>> maybe() {
        return texts().optional();
    }

    private Arbitrary<Event.Answer> answers() {
        return Combinators.combine(
                        texts(), texts(), texts(), Arbitraries.of(Outcome.values()), texts(), usages(), timings())
                .as(Event.Answer::new);
    }

    private Arbitrary<Variants.Part> parts() {
        Arbitrary<Integer> place = Arbitraries.integers().greaterOrEqual(0);
        return Combinators.combine(place, place, texts(), Arbitraries.of(true, false))
                .as(Variants.Part::new);
    }

    private Arbitrary<Variants> variants() {
        return Arbitraries.maps(texts(), parts().list().ofMinSize(1).ofMaxSize(3))
                .ofMaxSize(2)
                .map(Variants::new);
    }

    private Arbitrary<Event.Branch> branches() {
        return Combinators.combine(texts(), members(), maybe()).as(Event.Branch::new);
    }

    private Arbitrary<Event.Declared> declared() {
        return Combinators.combine(texts(), texts()).as(Event.Declared::new);
    }

    @Provide
    Arbitrary<Event> events() {
        return Arbitraries.oneOf(
                Combinators.combine(
                                texts(), members(), texts(), maybe(), answers().optional(), variants())
                        .as(Event.Message::new),
                Combinators.combine(texts(), texts(), texts(), parts())
                        .as((turn, branch, language, part) -> new Event.Variant(
                                turn, branch, language, part.from(), part.to(), part.text(), part.original())),
                Combinators.combine(
                                texts(),
                                texts(),
                                members(),
                                branches().list().ofMaxSize(3),
                                declared().list().ofMaxSize(3))
                        .as(Event.TurnStarted::new),
                Combinators.combine(texts(), texts(), texts()).as(Event.Delta::new),
                Combinators.combine(texts(), texts(), Arbitraries.of(Outcome.values()), texts(), usages(), timings())
                        .as(Event.TurnEnded::new),
                Combinators.combine(members(), Arbitraries.of(Event.Presence.State.values()))
                        .as(Event.Presence::new),
                Combinators.combine(texts(), texts(), texts(), Arbitraries.of(Event.Verdict.Decision.values()), texts())
                        .as(Event.Verdict::new),
                Combinators.combine(texts(), texts(), Arbitraries.integers().greaterOrEqual(0), texts())
                        .as(Event.Withdrawn::new),
                Combinators.combine(texts(), texts()).as(Event.Notice::new),
                Combinators.combine(texts(), members()).as(Event.RoomRenamed::new),
                members().map(Event.RoomDeleted::new));
    }
}
