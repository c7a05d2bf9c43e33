package dev.weir.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.User;
import dev.weir.room.Command;
import dev.weir.room.Commands;
import dev.weir.room.Refusal;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads commands from JSON, has them carried out, and writes the answer. Never throws for what a client sends. */
final class CommandReader {

    private static final Logger LOG = LoggerFactory.getLogger(CommandReader.class);

    /** The most bytes of one command. */
    static final int MOST_BYTES = 1 << 20;

    private static final int LONGEST_ID = 100;
    private static final int MOST_WAITING = 16;
    private static final ObjectMapper JSON = mapper();

    private final Commands commands;

    CommandReader(Commands commands) {
        this.commands = commands;
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(16).build());
        return mapper;
    }

    /** Carries out one command. Blocks. */
    String perform(User caller, String room, String text) {
        String id = "";
        try {
            if (text.length() > MOST_BYTES) {
                throw new Refusal(Refusal.Code.TOO_LARGE, "A command has at most 1 MiB.");
            }
            JsonNode json = parse(text);
            id = id(json);
            return ack(id, commands.perform(caller, room, id, command(json)));
        } catch (Refusal refusal) {
            return error(id, refusal.code().word(), refusal.detail());
        } catch (RuntimeException e) {
            LOG.error("A command failed", e);
            return error(id, "failed", "Something went wrong here. Please try again.");
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("A command is not JSON: {}", e.getOriginalMessage());
        }
        throw invalid(
                "A command is a JSON object, for example {\"id\":\"1\",\"command\":\"prompt\",\"text\":\"Hello\"}.");
    }

    private static String id(JsonNode json) {
        String id = json.path("id").asText("");
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw invalid("A command needs an id of 1 to " + LONGEST_ID + " characters, unique among your commands.");
        }
        return id;
    }

    private static Command command(JsonNode json) {
        String command = json.path("command").asText("");
        return switch (command) {
            case "prompt" -> new Command.Prompt(required(json, "text"), optional(json, "model"));
            case "edit" -> new Command.Edit(required(json, "message"), required(json, "text"), optional(json, "model"));
            case "regenerate" -> new Command.Regenerate(required(json, "message"), optional(json, "model"));
            case "continue" -> new Command.Continue(required(json, "message"));
            case "stop" -> new Command.Stop(required(json, "turn"));
            case "typing" -> new Command.Typing();
            default -> throw invalid("Unknown command. There are prompt, edit, regenerate, continue, stop and typing.");
        };
    }

    private static String required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw invalid("This command needs \"" + field + "\", a text.");
        }
        return value.asText();
    }

    private static Optional<String> optional(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("\"" + field + "\" is a text.");
        }
        return Optional.of(value.asText()).filter(it -> !it.isEmpty());
    }

    private static Refusal invalid(String detail) {
        return new Refusal(Refusal.Code.INVALID, detail);
    }

    private static String ack(String id, Command.Ack ack) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id).put("type", "ack");
        if (!ack.turn().isEmpty()) {
            json.put("turn", ack.turn());
        }
        if (!ack.message().isEmpty()) {
            json.put("message", ack.message());
        }
        return json.toString();
    }

    /** An error frame; with an empty id it is about the connection. */
    static String error(String id, String code, String detail) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!id.isEmpty()) {
            json.put("id", id);
        }
        return json.put("type", "error").put("code", code).put("detail", detail).toString();
    }

    Session session(User caller, String room) {
        return new Session(this, caller, room, new Semaphore(MOST_WAITING));
    }

    /** The commands of one connection: each on a thread of its own, a bounded number at once. */
    record Session(CommandReader reader, User caller, String room, Semaphore places) {

        void submit(String text, Executor executor, Consumer<String> reply) {
            if (!places.tryAcquire()) {
                reply.accept(error("", "busy", "Too many commands at once on this connection. Wait for the answers."));
                return;
            }
            executor.execute(() -> {
                try {
                    reply.accept(reader.perform(caller, room, text));
                } finally {
                    places.release();
                }
            });
        }
    }
}
