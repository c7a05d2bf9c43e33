package dev.weir.model.openai;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider and the stream that answers it; langchain4j reaches it through {@link Exchanges}. Runs wholly
 * on the thread that calls {@link #execute(HttpRequest, ServerSentEventListener)}, so a listener that blocks stops the
 * reading. {@link #cancel()} closes the connection from any thread, at any time: while connecting,
 * before the first byte, in mid-answer.
 *
 * <p>However the stream ends, the listener's {@code onClose} is called, unless it was cancelled; {@link #interruption()}
 * and {@link #saidDone()} then tell how.
 */
final class Exchange implements ServerSentEventParsingHandle {

    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private final java.net.http.HttpClient http;
    private final Patience patience;
    private final Object lock = new Object();
    private Runnable closeConnection = Exchange::nothing;
    private boolean closed;
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile @Nullable IOException interruption;

    Exchange(java.net.http.HttpClient http, Duration idleTimeout) {
        this.http = http;
        this.patience = new Patience(idleTimeout);
    }

    void execute(HttpRequest request, ServerSentEventListener listener) {
        try {
            HttpResponse<BodyStream> response = send(request);
            if (response.statusCode() / 100 != 2) {
                listener.onError(refusal(response));
            } else if (!streams(response)) {
                listener.onError(new ProviderFault(errorBody(response)));
            } else {
                stream(response.body(), listener);
            }
        } catch (IOException e) {
            if (!cancelled) {
                listener.onError(e);
            }
        } finally {
            close();
        }
    }

    private HttpResponse<BodyStream> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<BodyStream>> answer =
                http.sendAsync(toJdk(request), head -> new BodyStream(patience));
        closeBy(() -> answer.cancel(true));
        try {
            HttpResponse<BodyStream> response = answer.get(Math.max(0, patience.leftNanos()), TimeUnit.NANOSECONDS);
            closeBy(response.body()::close);
            return response;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw patience.end();
        } catch (InterruptedException | CancellationException e) {
            throw new IOException(e);
        }
    }

    private void stream(BodyStream body, ServerSentEventListener listener) {
        ServerSentEventContext context = new ServerSentEventContext(this);
        SseReader reader = new SseReader(new SseReader.Sink() {
            @Override
            public boolean event(String type, String data) {
                boolean more = deliver(type, data, listener, context);
                patience.renew();
                return more && !cancelled;
            }

            @Override
            public void progress() {
                patience.renew();
            }
        });
        try {
            reader.read(body);
        } catch (IOException e) {
            interruption = e;
        }
        if (!cancelled) {
            listener.onClose();
        }
        if (done) {
            drain(body);
        }
    }

    private boolean deliver(
            String type, String data, ServerSentEventListener listener, ServerSentEventContext context) {
        if (cancelled) {
            return false;
        }
        if (data.strip().equals("[DONE]")) {
            done = true;
            return false;
        }
        if (type.equals("error")) {
            listener.onError(new ProviderFault(data));
            return false;
        }
        PassingEvent event = new PassingEvent(data);
        listener.onEvent(event, context);
        event.drop();
        return true;
    }

    /** Reads the few bytes after the end, so that the connection can be used again. */
    private void drain(BodyStream body) {
        patience.atMost(AFTER_DONE);
        byte[] rest = new byte[1024];
        try {
            for (int i = 0; i < 4 && body.read(rest) >= 0; i++) {}
        } catch (IOException e) {
            // The answer is complete; how the connection ends no longer matters.
        }
    }

    /**
     * The provider has said why it ends: little more can come, so wait for it no longer than this. To be called on the
     * exchange's own thread.
     */
    void expectEndWithin(Duration limit) {
        patience.atMost(limit);
    }

    boolean saidDone() {
        return done;
    }

    /** Why the stream ended, when it was not the provider's decision. */
    Optional<IOException> interruption() {
        return Optional.ofNullable(interruption);
    }

    @Override
    public void cancel() {
        cancelled = true;
        close();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** Ends the exchange without silencing the listener. */
    void close() {
        closeBy(Exchange::nothing, true);
    }

    private static void nothing() {}

    private void closeBy(Runnable closing) {
        closeBy(closing, false);
    }

    private void closeBy(Runnable closing, boolean now) {
        Runnable due;
        synchronized (lock) {
            due = now ? closeConnection : closed ? closing : Exchange::nothing;
            closeConnection = now ? Exchange::nothing : closing;
            closed |= now;
        }
        due.run();
    }

    private static ProviderStatus refusal(HttpResponse<BodyStream> response) {
        return new ProviderStatus(response.statusCode(), RetryAfter.of(response.headers()), errorBody(response));
    }

    private static String errorBody(HttpResponse<BodyStream> response) {
        try {
            return new String(response.body().readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(the body could not be read)";
        }
    }

    private static boolean streams(HttpResponse<BodyStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return !type.startsWith("application/json") && !type.startsWith("text/html");
    }

    private static java.net.http.HttpRequest toJdk(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.setHeader("Accept", "text/event-stream").build();
    }
}
