package dev.weir.model.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP/1.1 connections to one provider. An answer has one of its own while it lasts; free ones are kept for half a
 * minute. Nothing is ever asked twice, and redirects are not followed. Looks after the exchanges under way: one whose
 * patience has run out is closed. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final TimeValue KEEP = TimeValue.ofSeconds(30);

    /** Checking takes a millisecond, and an answer whose connection the provider has closed would fail. */
    private static final TimeValue CHECK_AFTER = TimeValue.ofMilliseconds(100);

    /** After so long a name is looked up again. */
    private static final TimeValue LIFE = TimeValue.ofMinutes(5);

    /** The most connections; turns have a limit of their own, which is lower. */
    private static final int MOST = 100_000;

    private final CloseableHttpClient http;
    private final LongSupplier nanos;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-model-watch").factory());

    /** @param nanos a clock that never goes back, in nanoseconds, by which patience runs out */
    Connections(Duration connectTimeout, LongSupplier nanos) {
        this.nanos = nanos;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnTotal(MOST)
                        .setMaxConnPerRoute(MOST)
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setTcpNoDelay(true).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connectTimeout))
                                .setSocketTimeout(Timeout.DISABLED)
                                .setValidateAfterInactivity(CHECK_AFTER)
                                .setTimeToLive(LIFE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.DISABLED)
                        .setDefaultKeepAlive(KEEP.getDuration(), KEEP.getTimeUnit())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .evictIdleConnections(KEEP)
                .build();
        long every = LOOK_EVERY.toMillis();
        watch.scheduleWithFixedDelay(() -> exchanges.forEach(Exchange::look), every, every, TimeUnit.MILLISECONDS);
    }

    /** One request, whose provider may be silent for so long. */
    Exchange exchange(Duration idleTimeout) {
        return new Exchange(http, new Patience(idleTimeout, nanos), exchanges);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        exchanges.forEach(Exchange::close);
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
