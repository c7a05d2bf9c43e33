package dev.weir.model.openai;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** The provider answered with a status that is no success. The body stands in the message, as the provider wrote it. */
final class ProviderStatus extends HttpException {

    private final transient Optional<Duration> retryAfter;

    ProviderStatus(int status, Optional<Duration> retryAfter, String body) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
