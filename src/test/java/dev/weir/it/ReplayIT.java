package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading again runs no interceptor, whichever the door. An interceptor from an added jar counts every call that it ever
 * gets in this server, and says at the end of each answer what it has counted.
 */
final class ReplayIT {

    private static final String SOURCE = """
            package org.example.count;

            import dev.weir.pipeline.BranchContext;
            import dev.weir.pipeline.Line;
            import dev.weir.pipeline.Stage;
            import dev.weir.pipeline.StreamInterceptor;
            import jakarta.annotation.Priority;
            import jakarta.enterprise.context.ApplicationScoped;
            import java.util.List;
            import java.util.concurrent.atomic.AtomicInteger;

            @ApplicationScoped
            @Priority(2900)
            public class Count implements StreamInterceptor {

                private static final AtomicInteger OPENED = new AtomicInteger();
                private static final AtomicInteger PROMPTS = new AtomicInteger();
                private static final AtomicInteger DELTAS = new AtomicInteger();

                @Override
                public String name() {
                    return "count";
                }

                @Override
                public Stage open(BranchContext branch, Stage next) {
                    OPENED.incrementAndGet();
                    return new Stage() {
                        private int own;

                        @Override
                        public List<Line> prompt(List<Line> lines) {
                            PROMPTS.incrementAndGet();
                            return lines;
                        }

                        @Override
                        public void delta(String text) {
                            own++;
                            DELTAS.incrementAndGet();
                            next.delta(text);
                        }

                        @Override
                        public void end() {
                            next.delta(" [opened " + OPENED + ", prompts " + PROMPTS + ", deltas " + DELTAS + ", own "
                                    + own + "]");
                            next.end();
                        }
                    };
                }
            }
            """;

    private static final Pattern COUNTED =
            Pattern.compile("\\[opened (\\d+), prompts (\\d+), deltas (\\d+), own (\\d+)]$");

    /** What was counted since the server started; {@code own}: in this answer. */
    private record Counted(int opened, int prompts, int deltas, int own) {

        static Counted in(String answer) {
            Matcher matcher = COUNTED.matcher(answer);
            assertThat(matcher.find()).as(answer).isTrue();
            return new Counted(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)));
        }
    }

    @Test
    void reading_again_through_any_door_runs_no_interceptor(@TempDir Path temp) throws IOException {
        Path war = AddedJar.war(temp, "org.example.count.Count", SOURCE);
        try (WeirServer server = WeirServer.start(Map.of(), war)) {
            WeirClient admin = server.client("admin");
            String room = admin.room("upstream");
            List<String> cursors = new ArrayList<>();
            Counted first = answerReadFromAllSides(server, admin, room, cursors);
            assertThat(first.opened()).isEqualTo(1);
            assertThat(first.prompts()).isEqualTo(1);
            assertThat(first.deltas()).isEqualTo(first.own()).isGreaterThanOrEqualTo(4);

            readAll(admin, room, cursors);
            Counted second = ask(server, room);
            assertThat(second).isEqualTo(new Counted(2, 2, first.deltas() + second.own(), second.own()));

            server.restart();
            readAll(admin, room, cursors);
            Counted third = ask(server, room);
            assertThat(third).as("what came from the database").isEqualTo(new Counted(1, 1, third.own(), third.own()));
        }
    }

    /** While an answer is written, followers are cut, come back, come late and read pages. */
    private static Counted answerReadFromAllSides(
            WeirServer server, WeirClient admin, String room, List<String> cursors) {
        String hold = Ids.next();
        server.upstream()
                .answer(Script.begin()
                        .deltas("One. ", "Two. ")
                        .hold(hold)
                        .deltas("Three. ", "Four.")
                        .finish("stop")
                        .done());
        try (RoomReader steady = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            steady.begun();
            cursors.add(steady.cursor());
            String turn = admin.prompt(room, "Count.").path("turn").asText();
            steady.writing(turn, 10);
            cursors.add(steady.cursor());
            readAll(admin, room, cursors);
            for (Transport transport : Transport.values()) {
                steady.cut();
                steady.resume(transport);
            }
            server.upstream().release(hold);
            String text = steady.answer(turn).text;
            steady.assertWhole();
            cursors.add(steady.cursor());
            return Counted.in(text);
        }
    }

    /** Reads the room through every door and transport: from the beginning, and from every cursor that there was. */
    private static void readAll(WeirClient admin, String room, List<String> cursors) {
        List<String> from = new ArrayList<>(cursors);
        from.add("");
        for (String cursor : from) {
            for (Transport transport : Transport.values()) {
                try (RoomReader reader = RoomReader.followFrom(admin, room, transport, cursor)) {
                    reader.until(
                            "it to be read",
                            () -> Optional.of(reader.cursor()).filter(it -> !it.isEmpty() || !cursor.isEmpty()));
                }
            }
            String query = cursor.isEmpty() ? "" : "cursor=" + cursor;
            for (String frames : List.of("", "&frames=markdown")) {
                String events = "/api/rooms/" + room + "/events?" + query + frames;
                assertThat(admin.get(events).statusCode()).isEqualTo(200);
                try (RestStream stream = RestStream.open(admin, events, "")) {
                    if (cursor.isEmpty()) {
                        stream.next();
                    }
                }
            }
        }
        assertThat(admin.get("/api/rooms/" + room).statusCode()).isEqualTo(200);
        assertThat(admin.send(admin.request("/api/audit?as=lines")).statusCode())
                .isEqualTo(200);
    }

    /** Asks through {@code /v1}, in the same room. */
    private static Counted ask(WeirServer server, String room) {
        server.upstream().answer(Script.answer("Five. ", "Six."));
        String body = Cut.complete(WeirClient.withKey(server, WeirServer.ADMIN_KEY), room, false);
        return Counted.in(
                WeirClient.parse(body).at("/choices/0/message/content").asText());
    }
}
