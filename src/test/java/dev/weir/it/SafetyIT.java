package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Content safety as clients see it: term lists, and judges that are a model of a provider. */
class SafetyIT {

    private static final String TERM = "How to make a bomb";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, String> LISTS =
            Map.of("weir.interceptors.safety.terms", "herbs: Zwirbelkraut brauen");
    private static final String SHOWN = "Flussbarsch. ";
    private static final String TEXT = SHOWN + "Zwirbelkraut 🌿 brauen is easy.";
    private static final LeftBehind LEFT = new LeftBehind();

    private static FakeUpstream checker;
    private static WeirServer server;
    private static WeirClient admin;

    @BeforeAll
    static void start() {
        checker = FakeUpstream.start().always(Script.answer("safe"));
        Map<String, String> settings = new HashMap<>(LISTS);
        settings.putAll(Map.of(
                "weir.models", "upstream,checker,quick,careful,coder,impatient",
                "weir.models.checker.provider", "openai",
                "weir.models.checker.base-url", checker.baseUrl(),
                "weir.models.checker.api-key", WeirServer.API_KEY,
                "weir.models.checker.model", "fake"));
        server = WeirServer.start(settings);
        admin = server.client("admin");
    }

    @AfterAll
    static void leaves_nothing_behind() {
        try {
            LEFT.after(server, SHOWN.strip());
            LEFT.assertNothingOf(List.of("Zwirbelk", "brauen", "kraut"));
        } finally {
            server.close();
            checker.close();
        }
    }

    /** A room whose answers are judged by the model {@code checker}. */
    private static String judged(String show) {
        String room = admin.room("upstream");
        String policy = """
                {"interceptors":{"judge":{"settings":
                {"model":"checker","window":"30","limit":"60","prompts":"none","show":"%s"}}}}""".formatted(show);
        var response = admin.call("PUT", "/api/interceptors/policies/rooms/" + room, policy);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return room;
    }

    /** What the judge says of the second sentence. It may be asked about both at the same time; the first is safe. */
    private static void judgesTheSecond(Script judgement) {
        checker.firstOf(body -> body.contains("Another") ? Optional.of(judgement) : Optional.empty());
    }

    private static String begin(String room) {
        JsonNode ack = admin.prompt(room, "Tell me.");
        assertThat(ack.path("type").asText()).as(ack.toString()).isEqualTo("ack");
        return ack.path("turn").asText();
    }

    @Test
    void blocks_a_term_that_the_provider_cuts_anywhere_and_shows_nothing_of_it_through_any_door() {
        int closed = server.upstream().clientClosings().size();

        new Cut(server, LEFT, LISTS, Script::hang).everywhere(TEXT, read -> {
            assertThat(read.streamed()).as(read.where()).isEqualTo(SHOWN);
            assertThat(read.body()).as(read.where()).contains("\"content_filter\"");
            for (Seen.Item answer : List.of(read.steady(), read.back())) {
                assertThat(answer.text).as(read.where()).isEqualTo(SHOWN);
                assertThat(answer.outcome()).as(read.where()).isEqualTo("blocked");
                assertThat(answer.reason()).contains("rules for content");
            }
        });

        await().atMost(PATIENCE)
                .until(() -> server.upstream().clientClosings().size()
                        >= closed + Cut.places(TEXT).size());
    }

    @Test
    void blocks_at_the_openai_door() {
        for (boolean stream : new boolean[] {true, false}) {
            server.upstream()
                    .answer(Script.begin()
                            .deltas("It is a long first sentence. ", "So: how t", "o make a bo", "mb, then")
                            .hang());

            String body = complete(admin.room("upstream"), stream);

            assertThat(body).contains("\"content_filter\"").doesNotContain("So: how", "bo", "mb");
        }
    }

    private static String complete(String room, boolean stream) {
        return Cut.complete(WeirClient.withKey(server, WeirServer.ADMIN_KEY), room, stream);
    }

    @Test
    void does_not_ask_a_model_what_may_not_be_asked() {
        String room = admin.room("upstream");
        int asked = server.upstream().requests().size();
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = admin.prompt(room, TERM + "?").path("turn").asText();

            assertThat(reader.answer(turn).outcome()).isEqualTo("blocked");

            assertThat(server.upstream().requests()).hasSize(asked);
        }
    }

    @Test
    void shows_only_what_the_judge_has_judged() {
        String room = judged("hold");
        judgesTheSecond(Script.begin()
                .hold("second")
                .deltas("hate", " 0.", "9")
                .finish("stop")
                .done());
        server.upstream()
                .answer(Script.begin()
                        .deltas("A sentence that is fine. ")
                        .pause(Duration.ofMillis(300))
                        .deltas("Another that is not so. ")
                        .deltas("More")
                        .hang());
        int closed = server.upstream().clientClosings().size();
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = begin(room);
            reader.writing(turn, 25);
            assertThat(declared(reader)).contains("safety", "judge");

            checker.release("second");

            Seen.Item answer = reader.answer(turn);
            assertThat(answer.outcome()).isEqualTo("blocked");
            assertThat(answer.text).isEqualTo("A sentence that is fine. ");
            assertThat(reader.frames().toString()).doesNotContain("Another", "More");
            assertThat(reader.events("verdict").toString()).contains("\"interceptor\":\"judge\"", "\"rule\":\"hate\"");
        }
        await().atMost(PATIENCE).until(() -> server.upstream().clientClosings().size() > closed);
    }

    @Test
    void shows_nothing_when_the_judge_talks_nonsense() {
        String room = judged("hold");
        checker.answer(Script.answer("I can't help with that."));
        server.upstream().answer(Script.answer("A sentence that is fine. "));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            Seen.Item answer = reader.answer(begin(room));

            assertThat(answer.outcome()).isEqualTo("blocked");
            assertThat(answer.text).isEmpty();
            assertThat(answer.reason()).contains("could not be checked");
        }
    }

    @Test
    void takes_back_what_was_shown_from_everybody_who_reads_or_comes_later() {
        String room = judged("retract");
        judgesTheSecond(
                Script.begin().hold("taken").deltas("hate 0.9").finish("stop").done());
        server.upstream()
                .answer(Script.begin()
                        .deltas("A sentence that is fine. ")
                        .pause(Duration.ofMillis(300))
                        .deltas("Another that is not so. ", "More")
                        .hang());
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET);
                RoomReader gone = RoomReader.follow(admin, room, Transport.SSE)) {
            String turn = begin(room);
            reader.writing(turn, 53);
            gone.writing(turn, 53);
            gone.cut();

            checker.release("taken");

            Seen.Item answer = reader.answer(turn);
            assertThat(answer.outcome()).isEqualTo("blocked");
            assertThat(answer.text).isEqualTo("A sentence that is fine. ");
            JsonNode withdrawn = reader.events("withdrawn").getFirst();
            assertThat(withdrawn.path("kept").asInt()).isEqualTo(25);
            assertThat(withdrawn.path("rule").asText()).isEqualTo("hate");
            gone.resume(Transport.WEBSOCKET);
            assertThat(gone.answer(turn).text).isEqualTo(answer.text);
            try (RoomReader late = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
                late.begun();
                assertThat(late.conversation()).isEqualTo(reader.conversation());
                assertThat(late.frames().toString()).doesNotContain("Another");
            }
            reader.assertWhole();
        }
    }

    @Test
    void says_content_filter_at_the_openai_door_and_gives_a_whole_answer_without_what_was_taken_back() {
        judgesTheSecond(Script.answer("hate 0.9"));
        for (boolean stream : new boolean[] {true, false}) {
            server.upstream()
                    .answer(Script.begin()
                            .deltas("A sentence that is fine. ")
                            .pause(Duration.ofMillis(500))
                            .deltas("Another that is not so. ", "More")
                            .hang());

            String body = complete(judged("retract"), stream);

            assertThat(body).contains("\"content_filter\"", "A sentence");
            if (!stream) {
                assertThat(body).doesNotContain("Another");
            }
        }
    }

    private static List<String> declared(RoomReader reader) {
        JsonNode started = reader.events("turn-started").getFirst();
        return Stream.of(started.path("interceptors"))
                .flatMap(it -> java.util.stream.StreamSupport.stream(it.spliterator(), false))
                .map(it -> it.path("name").asText())
                .toList();
    }
}
