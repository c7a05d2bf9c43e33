package relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * The least that one would write: the JDK's HTTP server, langchain4j with all its defaults, each partial response sent on
 * as an OpenAI chunk. No log, no checks, nothing kept. {@code BareRelay UPSTREAM READY}: the base URL, and a file to write
 * the port to.
 */
final class BareRelay {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, StreamingChatModel> models = new ConcurrentHashMap<>();
    private final String upstream;

    private BareRelay(String upstream) {
        this.upstream = upstream;
    }

    public static void main(String[] args) throws IOException {
        BareRelay relay = new BareRelay(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", relay::relay);
        server.start();
        Files.writeString(Path.of(args[1]), Integer.toString(server.getAddress().getPort()));
    }

    private void relay(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Passing passing = new Passing(request.path("model").asText(), out);
            models.computeIfAbsent(passing.model, this::model).chat(messages(request), passing);
            passing.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamingChatModel model(String name) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(upstream)
                .apiKey("none")
                .modelName(name)
                .build();
    }

    private static List<ChatMessage> messages(JsonNode request) {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            String text = message.path("content").asText();
            messages.add(
                    switch (message.path("role").asText()) {
                        case "system" -> SystemMessage.from(text);
                        case "assistant" -> AiMessage.from(text);
                        default -> UserMessage.from(text);
                    });
        }
        return messages;
    }

    record Delta(String content) {}

    record Choice(int index, Delta delta, String finish_reason) {}

    record Chunk(String id, String object, long created, String model, List<Choice> choices) {}

    /** Sends on what comes. */
    private static final class Passing implements StreamingChatResponseHandler {

        final String model;
        final CountDownLatch ended = new CountDownLatch(1);
        private final OutputStream out;

        Passing(String model, OutputStream out) {
            this.model = model;
            this.out = out;
        }

        @Override
        public void onPartialResponse(String text) {
            send(new Delta(text), null);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            send(new Delta(null), "stop");
            write("[DONE]");
            ended.countDown();
        }

        @Override
        public void onError(Throwable error) {
            System.err.println(error);
            ended.countDown();
        }

        private void send(Delta delta, String finish) {
            try {
                write(JSON.writeValueAsString(new Chunk(
                        "chatcmpl-bare",
                        "chat.completion.chunk",
                        1767225600,
                        model,
                        List.of(new Choice(0, delta, finish)))));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void write(String data) {
            try {
                out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
