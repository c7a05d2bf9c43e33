package dev.weir.model.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What langchain4j takes for its HTTP client: hands each request to the exchange that its answer has on this thread, so
 * that one of langchain4j's models, which is dear to make, serves all answers. The time limits are the exchanges' own.
 * Thread-safe.
 */
final class Exchanges implements HttpClient, HttpClientBuilder {

    private static final ThreadLocal<Exchange> PRESENT = new ThreadLocal<>();

    /** Runs what asks langchain4j, on this thread; its one request goes through this exchange. */
    static void during(Exchange exchange, Runnable ask) {
        PRESENT.set(exchange);
        try {
            ask.run();
        } finally {
            PRESENT.remove();
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        return present().fetch(request);
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        present().execute(request, listener);
    }

    private static Exchange present() {
        Exchange exchange = PRESENT.get();
        if (exchange == null) {
            throw new IllegalStateException("No answer is asked for on this thread");
        }
        return exchange;
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
