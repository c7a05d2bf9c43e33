package dev.weir.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to a room's stream. Hands over the text of each message that comes down. */
interface Line {

    void cut();

    /** Why the server ended the connection, or it broke; null while it is there. */
    @Nullable
    String ended();

    /** Sends a command up, where the transport has a way up. */
    default void send(String text) {
        throw new UnsupportedOperationException("This transport has no way up; use POST.");
    }

    /** Reads to the end, and says what that was. */
    private static String endOf(Callable<String> reading) {
        try {
            return reading.call();
        } catch (Exception e) {
            return e.toString();
        }
    }

    static Line open(WeirClient client, String room, Transport transport, String cursor, Consumer<String> taker) {
        return switch (transport) {
            case WEBSOCKET -> Socket.open(client, RoomReader.address(room, transport, cursor), taker);
            case SSE -> new Events(client, RoomReader.address(room, transport, cursor), taker).start();
            case LONG_POLLING -> new Polls(client, room, cursor, taker).start();
        };
    }

    /** A WebSocket of the JDK. */
    final class Socket implements Line, WebSocket.Listener {

        private final Consumer<String> taker;
        private final StringBuilder text = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private volatile @Nullable String ended;

        private Socket(Consumer<String> taker) {
            this.taker = taker;
        }

        static Socket open(WeirClient client, String path, Consumer<String> taker) {
            Socket line = new Socket(taker);
            WebSocket.Builder builder = client.http().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
            if (!client.cookie().isEmpty()) {
                builder.header("Cookie", client.cookie());
            }
            try {
                line.socket = builder.header("Origin", client.origin())
                        .buildAsync(URI.create(client.origin().replaceFirst("^http", "ws") + path), line)
                        .join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                    throw new Refused(refusal.getResponse().statusCode(), refusal);
                }
                throw e;
            }
            return line;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                taker.accept(whole);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            ended = "closed with " + status + " " + reason;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended = error.toString();
        }

        @Override
        public void send(String message) {
            current().sendText(message, true).join();
        }

        private WebSocket current() {
            WebSocket current = socket;
            if (current == null) {
                throw new IllegalStateException("The WebSocket is not open.");
            }
            return current;
        }

        @Override
        public void cut() {
            current().abort();
        }

        @Override
        public @Nullable String ended() {
            return ended;
        }
    }

    /** Server-sent events. */
    final class Events implements Line {

        private final WeirClient client;
        private final String path;
        private final Consumer<String> taker;
        private volatile @Nullable InputStream body;
        private volatile boolean cut;
        private volatile @Nullable String ended;

        Events(WeirClient client, String path, Consumer<String> taker) {
            this.client = client;
            this.path = path;
            this.taker = taker;
        }

        Events start() {
            Thread.startVirtualThread(this::run);
            return this;
        }

        private void run() {
            HttpRequest request =
                    client.request(path).header("Accept", "text/event-stream").build();
            ended = Line.endOf(() -> {
                HttpResponse<InputStream> response = client.http().send(request, BodyHandlers.ofInputStream());
                body = response.body();
                if (cut) {
                    cut();
                }
                read(response.body());
                return "events that end after " + response.statusCode();
            });
        }

        private void read(InputStream in) throws IOException {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    taker.accept(data.toString());
                    data.setLength(0);
                }
            }
        }

        @Override
        public void cut() {
            cut = true;
            InputStream current = body;
            if (current != null) {
                try {
                    current.close();
                } catch (IOException e) {
                    // Cut all the same.
                }
            }
        }

        @Override
        public @Nullable String ended() {
            return ended;
        }
    }

    /** One request after the other, each with the cursor of the answer before. */
    final class Polls implements Line {

        private final WeirClient client;
        private final String room;
        private final Consumer<String> taker;
        private String cursor;
        private volatile @Nullable Thread thread;
        private volatile boolean cut;
        private volatile @Nullable String ended;

        Polls(WeirClient client, String room, String cursor, Consumer<String> taker) {
            this.client = client;
            this.room = room;
            this.cursor = cursor;
            this.taker = taker;
        }

        Polls start() {
            thread = Thread.startVirtualThread(this::run);
            return this;
        }

        private void run() {
            ended = Line.endOf(() -> {
                while (!cut) {
                    HttpRequest request = client.request(RoomReader.address(room, Transport.LONG_POLLING, cursor))
                            .build();
                    HttpResponse<String> response = client.http().send(request, BodyHandlers.ofString());
                    if (response.statusCode() != 200) {
                        return "polls that end with " + response.statusCode() + " " + response.body();
                    }
                    taker.accept(response.body());
                    String next =
                            WeirClient.parse(response.body()).path("cursor").asText();
                    cursor = next.isEmpty() ? cursor : next;
                }
                return "cut";
            });
        }

        @Override
        public void cut() {
            cut = true;
            Thread current = thread;
            if (current != null) {
                current.interrupt();
            }
        }

        @Override
        public @Nullable String ended() {
            return ended;
        }
    }
}
