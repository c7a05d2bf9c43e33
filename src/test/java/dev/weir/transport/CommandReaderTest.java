package dev.weir.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.identity.User;
import dev.weir.room.Asking;
import dev.weir.room.Attempt;
import dev.weir.room.Command;
import dev.weir.room.CommandMemory;
import dev.weir.room.Commands;
import dev.weir.room.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {

    private static final User ADA = new User("u1", "ada", "Ada", "org", Set.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Command> performed = new ArrayList<>();
    private RuntimeException fault = new Refusal(Refusal.Code.CONFLICT, "Not now.");
    private boolean failing;

    private final CommandReader reader = new CommandReader(new Commands(
            new Asking() {
                @Override
                public Command.Ack perform(User caller, String room, Command command, Attempt attempt) {
                    if (failing) {
                        throw fault;
                    }
                    performed.add(command);
                    return new Command.Ack("t1", command instanceof Command.Prompt ? "m1" : "");
                }
            },
            CommandMemory.NONE,
            () -> true));

    private JsonNode perform(String text) {
        try {
            return JSON.readTree(reader.perform(ADA, "r", text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void isError(String text, String code) {
        JsonNode reply = perform(text);
        assertThat(reply.path("type").asText()).isEqualTo("error");
        assertThat(reply.path("code").asText()).isEqualTo(code);
        assertThat(reply.path("detail").asText()).isNotBlank().doesNotContain("Exception", "jackson");
        assertThat(performed).isEmpty();
    }

    @Test
    void reads_every_command() {
        perform("{\"id\":\"1\",\"command\":\"prompt\",\"text\":\"Hi\",\"model\":\"fast\"}");
        perform("{\"id\":\"2\",\"command\":\"prompt\",\"text\":\"Hi\",\"model\":null}");
        perform("{\"id\":\"3\",\"command\":\"edit\",\"message\":\"m\",\"text\":\"Hi\",\"model\":\"\"}");
        perform("{\"id\":\"4\",\"command\":\"regenerate\",\"message\":\"m\",\"new\":[1,{}]}");
        perform("{\"id\":\"5\",\"command\":\"continue\",\"message\":\"m\"}");
        perform("{\"id\":\"6\",\"command\":\"stop\",\"turn\":\"t\"}");
        perform("{\"id\":\"7\",\"command\":\"typing\"}");

        assertThat(performed)
                .containsExactly(
                        new Command.Prompt("Hi", Optional.of("fast")),
                        new Command.Prompt("Hi", Optional.empty()),
                        new Command.Edit("m", "Hi", Optional.empty()),
                        new Command.Regenerate("m", Optional.empty()),
                        new Command.Continue("m"),
                        new Command.Stop("t"),
                        new Command.Typing());
    }

    @Test
    void answers_with_the_id_and_what_came_of_it() {
        assertThat(perform("{\"id\":\"a\\\"b\",\"command\":\"prompt\",\"text\":\"Hi\"}"))
                .hasToString("{\"id\":\"a\\\"b\",\"type\":\"ack\",\"turn\":\"t1\",\"message\":\"m1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "X",
                "null",
                "[]",
                "7",
                "\"prompt\"",
                "{",
                "{}",
                "{\"id\":\"\"}",
                "{\"id\":{},\"command\":\"typing\"}",
                "{\"id\":[],\"command\":\"typing\"}",
                "{\"id\":null,\"command\":\"typing\"}",
                "{\"id\":\"1\"}",
                "{\"id\":\"1\",\"command\":\"drop\"}",
                "{\"id\":\"1\",\"command\":{}}",
                "{\"id\":\"1\",\"command\":\"prompt\"}",
                "{\"id\":\"1\",\"command\":\"prompt\",\"text\":7}",
                "{\"id\":\"1\",\"command\":\"prompt\",\"text\":null}",
                "{\"id\":\"1\",\"command\":\"prompt\",\"text\":\"Hi\",\"model\":[]}",
                "{\"id\":\"1\",\"command\":\"edit\",\"message\":\"m\"}",
                "{\"id\":\"1\",\"command\":\"stop\",\"turn\":{}}",
                "{\"id\":\"1\",\"command\":\"typing\"",
                "{\"id\":\"1\",\"command\":1e999999999}",
                "{'id':'1'}"
            })
    void refuses_what_is_no_command(String text) {
        isError(text, "invalid");
    }

    @Test
    void refuses_what_is_too_deep_too_long_or_too_large() {
        isError("{\"id\":\"1\",\"command\":\"prompt\",\"text\":\"" + (char) 0 + "\"}", "invalid");
        isError(
                "{\"id\":\"1\",\"command\":\"typing\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "invalid");
        isError("{\"a\":".repeat(50_000), "invalid");
        isError("{\"id\":\"" + "1".repeat(101) + "\",\"command\":\"typing\"}", "invalid");
        isError("{\"id\":" + "9".repeat(900_000) + ",\"command\":\"typing\"}", "invalid");
        isError("{\"id\":\"1\",\"command\":\"prompt\",\"text\":\"" + "x".repeat(1 << 20) + "\"}", "too-large");
    }

    @Test
    void says_why_a_command_was_refused_and_little_of_a_fault_of_its_own() {
        failing = true;
        assertThat(perform("{\"id\":\"1\",\"command\":\"typing\"}"))
                .hasToString("{\"id\":\"1\",\"type\":\"error\",\"code\":\"conflict\",\"detail\":\"Not now.\"}");

        fault = new IllegalStateException("jdbc:h2:secret");
        assertThat(perform("{\"id\":\"1\",\"command\":\"typing\"}").path("code").asText())
                .isEqualTo("failed");
        assertThat(reader.perform(ADA, "r", "{\"id\":\"1\",\"command\":\"typing\"}"))
                .doesNotContain("secret");
    }

    @Property(tries = 500)
    void always_answers_with_one_frame(@ForAll("hostile") String text) {
        JsonNode reply = perform(text);

        assertThat(reply.path("type").asText()).isIn("ack", "error");
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .map(it -> JSON.valueToTree(it).toString()),
                Arbitraries.of(
                        "null",
                        "true",
                        "-0",
                        "1e400",
                        "{}",
                        "[[]]",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\"prompt\"",
                        "\"typing\""));
        Arbitrary<String> fields = Combinators.combine(
                        Arbitraries.of(
                                "id", "command", "text", "message", "turn", "model", "id", "command", "__proto__"),
                        values)
                .as((name, value) -> "\"" + name + "\":" + value);
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                fields.list().ofMaxSize(7).map(it -> "{" + String.join(",", it) + "}"),
                fields.list().ofMaxSize(4).map(it -> "{" + String.join(",", it)));
    }

    @Test
    void refuses_commands_beyond_those_it_can_hold() {
        var wait = new Semaphore(0);
        CommandReader stuck = new CommandReader(new Commands(
                new Asking() {
                    @Override
                    public Command.Ack perform(User caller, String room, Command command, Attempt attempt) {
                        wait.acquireUninterruptibly();
                        return new Command.Ack("", "");
                    }
                },
                CommandMemory.NONE,
                () -> true));
        List<String> replies = new CopyOnWriteArrayList<>();
        CommandReader.Session session = stuck.session(ADA, "r");
        for (int i = 0; i < 20; i++) {
            session.submit("{\"id\":\"" + i + "\",\"command\":\"typing\"}", Thread::startVirtualThread, replies::add);
        }

        assertThat(replies).hasSize(4).allMatch(it -> it.contains("busy"));
        wait.release(100);
        await().until(() -> replies.size() == 20);
        session.submit("{\"id\":\"x\",\"command\":\"typing\"}", Thread::startVirtualThread, replies::add);
        await().until(() -> replies.size() == 21);
    }
}
