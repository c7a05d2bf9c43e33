package dev.weir.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Says in words what went wrong with a provider. One table, in {@code docs/models.md}, lists them all.
 *
 * @param label what people call the model
 * @param cover takes secrets out of a text
 */
record Failures(String label, UnaryOperator<String> cover) {

    private static final String TRY_AGAIN = " Try again, or pick another model.";
    private static final String ADMINISTRATOR = " Pick another model, and tell an administrator.";

    ModelFailure of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderStatus status) {
                return status(status);
            }
            if (cause instanceof ProviderFault fault) {
                return fault(fault);
            }
            if (cause instanceof SseReader.EventTooLong || cause instanceof JsonProcessingException) {
                return failure(Kind.PROVIDER_ERROR, label + " sent something that can't be read." + TRY_AGAIN, cause);
            }
            if (cause instanceof IOException io) {
                return broken(io);
            }
        }
        return failure(Kind.PROVIDER_ERROR, label + " gave an answer that could not be handled." + TRY_AGAIN, error);
    }

    /** The stream ended before the answer did. */
    ModelFailure cut(Optional<IOException> why) {
        return why.map(this::interrupted)
                .orElseGet(() -> new ModelFailure(
                        Kind.CUT, cutMessage(), "the stream ended without a finish reason", Optional.empty()));
    }

    private ModelFailure interrupted(IOException why) {
        boolean known = why instanceof Stall || why instanceof SseReader.EventTooLong;
        return known ? of(why) : failure(Kind.CUT, cutMessage(), why);
    }

    private ModelFailure broken(IOException io) {
        if (io instanceof Stall stall) {
            String message = label + " sent nothing for " + words(stall.idleTimeout()) + ", so the answer was given up."
                    + TRY_AGAIN;
            return failure(Kind.STALLED, message, io);
        }
        if (neverConnected(io)) {
            return unreachable(io);
        }
        return failure(Kind.CUT, cutMessage(), io);
    }

    private ModelFailure unreachable(Throwable cause) {
        return failure(Kind.UNREACHABLE, label + " can't be reached at the moment." + TRY_AGAIN, cause);
    }

    private String cutMessage() {
        return "The connection to " + label + " broke before the answer was complete. Continue it, or ask again.";
    }

    private static boolean neverConnected(IOException io) {
        return io instanceof ConnectException
                || io instanceof UnknownHostException
                || io instanceof NoRouteToHostException
                || io instanceof ConnectTimeoutException
                || io instanceof SSLException
                || io.getCause() instanceof ConnectException;
    }

    private ModelFailure fault(ProviderFault fault) {
        ProviderWords words = ProviderWords.of(text(fault), cover);
        String message = label + " reported a fault of its own." + TRY_AGAIN;
        return new ModelFailure(
                Kind.PROVIDER_ERROR, message, "error in the stream: " + words.loggable(), Optional.empty());
    }

    private ModelFailure status(ProviderStatus status) {
        ProviderWords words = ProviderWords.of(text(status), cover);
        int code = status.statusCode();
        Kind kind = kind(code, words);
        String detail = "HTTP " + code + ": " + words.loggable();
        return new ModelFailure(kind, message(kind, code, words, status.retryAfter()), detail, status.retryAfter());
    }

    private static Kind kind(int code, ProviderWords words) {
        return switch (code) {
            case 401, 403 -> Kind.UNAUTHORISED;
            case 429 -> words.quotaUsedUp() ? Kind.REJECTED : Kind.RATE_LIMITED;
            case 408, 409, 425 -> Kind.PROVIDER_ERROR;
            default -> code >= 500 ? Kind.PROVIDER_ERROR : Kind.REJECTED;
        };
    }

    private String message(Kind kind, int code, ProviderWords words, Optional<Duration> wait) {
        return switch (kind) {
            case UNAUTHORISED -> label + " does not accept this installation's key." + ADMINISTRATOR;
            case RATE_LIMITED ->
                label + " has too many requests at the moment. Try again in "
                        + wait.filter(time -> !time.isZero())
                                .map(Failures::words)
                                .orElse("a moment") + ", or pick another model.";
            case REJECTED -> rejected(code, words);
            default -> label + " has a fault at the moment." + TRY_AGAIN;
        };
    }

    private String rejected(int code, ProviderWords words) {
        if (words.contextTooLong() || code == 413) {
            return "This conversation is too long for " + label
                    + ". Start a new one, shorten the message, or pick a model with a larger context window.";
        }
        if (words.quotaUsedUp() || code == 402) {
            return "The account behind " + label + " has nothing left to spend." + ADMINISTRATOR;
        }
        if (code < 400 || code == 404) {
            return label + " was not found at its provider." + ADMINISTRATOR;
        }
        return words.showable()
                .map(said -> label + " did not accept the request: “" + said + "”")
                .orElse(label + " did not accept the request." + ADMINISTRATOR);
    }

    private ModelFailure failure(Kind kind, String message, Throwable cause) {
        String said = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        String detail = cause.getClass().getSimpleName() + (said == null ? "" : ": " + said);
        return new ModelFailure(kind, message, cover.apply(detail), Optional.empty());
    }

    private static String text(Throwable error) {
        return error.getMessage() == null ? "" : error.getMessage();
    }

    /** A length of time as people say it: "2 s", "1.5 s", "3 min". */
    private static String words(Duration time) {
        if (time.toMinutes() >= 2) {
            return time.toMinutes() + " min";
        }
        long millis = time.toMillis();
        return millis % 1000 == 0 || millis >= 10_000
                ? Math.ceilDiv(millis, 1000) + " s"
                : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
