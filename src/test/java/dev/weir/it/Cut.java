package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import dev.weir.pipeline.FakeBranch;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.SafetyLists;
import dev.weir.upstream.Script;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One answer of a provider that is cut in two anywhere, asked for through {@code /v1} and read three ways: there, by a
 * follower on a WebSocket, and by one whose connection breaks between the two parts and who comes back.
 *
 * @param settings of the guards, as the server has them
 * @param rest what the provider does after the text
 */
record Cut(WeirServer server, LeftBehind left, Map<String, String> settings, UnaryOperator<Script> rest) {

    /** What was read of one answer. */
    record Read(String where, String streamed, String body, Seen.Item steady, Seen.Item back) {}

    /** Asks once for each place, in one room, and checks what was read. */
    void everywhere(String text, Check check) {
        WeirClient admin = server.client("admin");
        String room = admin.room("upstream");
        try (RoomReader steady = RoomReader.follow(admin, room, Transport.WEBSOCKET);
                RoomReader back = RoomReader.follow(admin, room, Transport.SSE)) {
            steady.begun();
            back.begun();
            int turns = 0;
            for (int at : places(text)) {
                check.check(at(text, at, room, turns++, steady, back));
            }
            steady.assertWhole();
            back.assertWhole();
            assertThat(back.conversation()).isEqualTo(steady.conversation());
            left.shown("web socket", steady.frames().toString());
            left.shown("after reconnects", back.frames().toString());
            try (RoomReader late = RoomReader.follow(admin, room, Transport.LONG_POLLING)) {
                late.begun();
                assertThat(late.conversation()).isNotEmpty();
                assertThat(steady.conversation()).endsWith(late.conversation().toArray(String[]::new));
                left.shown("late", late.frames().toString());
            }
        }
        left.shown("page", admin.get("/api/rooms/" + room + "/events").body());
    }

    /** Checks one answer. */
    @FunctionalInterface
    interface Check {
        void check(Read read);
    }

    /** Between any two characters; not within one, which JSON in UTF-8 can't be. */
    static List<Integer> places(String text) {
        return IntStream.range(1, text.length())
                .filter(it -> !Character.isLowSurrogate(text.charAt(it)))
                .boxed()
                .toList();
    }

    private Read at(String text, int at, String room, int turns, RoomReader steady, RoomReader back) {
        WeirClient program = WeirClient.withKey(server, WeirServer.ADMIN_KEY);
        String hold = Ids.next();
        server.upstream()
                .answer(rest.apply(
                        Script.begin().deltas(text.substring(0, at)).hold(hold).deltas(text.substring(at))));
        CompletableFuture<String> door = CompletableFuture.supplyAsync(() -> complete(program, room, true));
        String turn = steady.until("turn " + turns, () -> started(steady, turns));
        int before = shown(text.substring(0, at)).length();
        if (before > 0) {
            steady.writing(turn, before);
            back.writing(turn, before);
        }
        back.cut();
        server.upstream().release(hold);
        back.resume(at % 2 == 0 ? Transport.WEBSOCKET : Transport.SSE);
        String body = door.join();
        left.shown("stream", body);
        return new Read("cut at " + at, streamed(body), body, steady.answer(turn), back.answer(turn));
    }

    /** What the guards let through of a beginning, before anything else comes. */
    private String shown(String beginning) {
        FakeBranch branch = new FakeBranch();
        List<StreamInterceptor> guards =
                List.of(new LengthGuard(), new SafetyLists(), new Redaction(() -> new byte[32]));
        new Pipeline(guards, key -> Optional.ofNullable(settings.get(key)))
                .open(branch, branch)
                .delta(beginning);
        return branch.text.toString();
    }

    private static Optional<String> started(RoomReader reader, int turns) {
        List<JsonNode> started = reader.events("turn-started");
        return started.size() > turns
                ? Optional.of(started.get(turns).path("turn").asText())
                : Optional.empty();
    }

    static String complete(WeirClient program, String room, boolean stream) {
        String body = "{\"model\":\"upstream\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        return program.send(program.request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .header("Weir-Room", room)
                        .POST(BodyPublishers.ofString(body)))
                .body();
    }

    private static String streamed(String body) {
        StringBuilder text = new StringBuilder();
        body.lines()
                .filter(it -> it.startsWith("data: {"))
                .forEach(it -> text.append(WeirClient.parse(it.substring(6))
                        .at("/choices/0/delta/content")
                        .asText()));
        return text.toString();
    }
}
