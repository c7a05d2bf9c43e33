package dev.weir.model.openai;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
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
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private final CloseableHttpClient http;
    private final Patience patience;
    private final Set<Exchange> underWay;
    private final Object lock = new Object();
    private Runnable closeConnection = Exchange::nothing;
    private boolean closed;
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile String body = "";
    private volatile @Nullable IOException interruption;

    /** @param underWay the exchanges that are looked after; this one is among them while it lasts */
    Exchange(CloseableHttpClient http, Patience patience, Set<Exchange> underWay) {
        this.http = http;
        this.patience = patience;
        this.underWay = underWay;
    }

    void execute(HttpRequest request, ServerSentEventListener listener) {
        try (ClassicHttpResponse response = send(request, "text/event-stream")) {
            if (response.getCode() / 100 != 2) {
                listener.onError(refusal(response));
            } else if (!streams(response)) {
                listener.onError(new ProviderFault(errorBody(response)));
            } else {
                stream(body(response), listener);
            }
        } catch (IOException e) {
            if (!cancelled) {
                listener.onError(reason(e));
            }
        } finally {
            end();
        }
    }

    /**
     * Asks for an answer that is no stream.
     *
     * @throws ProviderStatus when the provider refuses
     * @throws UncheckedIOException when no answer comes
     */
    SuccessfulHttpResponse fetch(HttpRequest request) {
        try (ClassicHttpResponse response = send(request, "application/json")) {
            if (response.getCode() / 100 != 2) {
                throw refusal(response);
            }
            body = new String(body(response).readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.getCode())
                    .headers(Map.of())
                    .body(body)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(reason(e));
        } finally {
            end();
        }
    }

    /** What was fetched; empty before. */
    String body() {
        return body;
    }

    private ClassicHttpResponse send(HttpRequest request, String accept) throws IOException {
        HttpUriRequestBase sent = sent(request, accept);
        underWay.add(this);
        closeBy(sent::cancel);
        patience.renew();
        patience.waiting(true);
        try {
            return http.executeOpen(RoutingSupport.determineHost(sent), sent, HttpClientContext.create());
        } catch (HttpException | IllegalStateException e) {
            throw new IOException(e);
        } finally {
            patience.waiting(false);
            patience.renew();
        }
    }

    /** Closes the connection when the provider has been silent for too long; called every now and then. */
    void look() {
        if (patience.runsOut()) {
            closeNow();
        }
    }

    /** A read that fails since the connection was closed for its silence failed by that. */
    private IOException reason(IOException failure) {
        Stall stall = patience.end();
        return stall == null ? failure : stall;
    }

    /** The body, each read of which is time spent waiting. */
    private InputStream body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
        return new FilterInputStream(content) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                patience.waiting(true);
                try {
                    return in.read(target, offset, length);
                } catch (IOException e) {
                    throw reason(e);
                } finally {
                    patience.waiting(false);
                }
            }
        };
    }

    private void stream(InputStream body, ServerSentEventListener listener) {
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
    private void drain(InputStream body) {
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
        closeNow();
    }

    private void end() {
        close();
        underWay.remove(this);
    }

    private static void nothing() {}

    private void closeBy(Runnable closing) {
        boolean late;
        synchronized (lock) {
            late = closed;
            closeConnection = closing;
        }
        if (late) {
            closing.run();
        }
    }

    private void closeNow() {
        Runnable closing;
        synchronized (lock) {
            closed = true;
            closing = closeConnection;
            closeConnection = Exchange::nothing;
        }
        closing.run();
    }

    private ProviderStatus refusal(ClassicHttpResponse response) {
        return new ProviderStatus(
                response.getCode(), RetryAfter.of(name -> header(response, name)), errorBody(response));
    }

    private String errorBody(ClassicHttpResponse response) {
        try {
            return new String(body(response).readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(the body could not be read)";
        }
    }

    private static boolean streams(ClassicHttpResponse response) {
        String type = header(response, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return !type.startsWith("application/json") && !type.startsWith("text/html");
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private static HttpUriRequestBase sent(HttpRequest request, String accept) {
        var sent = new HttpUriRequestBase(request.method().name(), URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
        sent.setHeader("Accept", accept);
        if (request.body() != null) {
            sent.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        }
        return sent;
    }
}
