package dev.weir.model.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.weir.event.Event;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import dev.weir.model.StreamingModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer under way: turns langchain4j's callbacks into deltas and exactly one end. Its callbacks come on the answer's
 * own thread; {@link #cancel()} from any.
 */
final class OpenAiAnswer implements StreamingChatResponseHandler, StreamingModel.Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiAnswer.class);

    /** How long to wait for usage figures once the provider has said that the answer is complete. */
    private static final Duration AFTER_FINISH = Duration.ofSeconds(5);

    private final StreamingModel.Listener listener;
    private final Exchange exchange;
    private final Failures failures;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean finishSeen;

    OpenAiAnswer(StreamingModel.Listener listener, Exchange exchange, Failures failures) {
        this.listener = listener;
        this.exchange = exchange;
        this.failures = failures;
    }

    /** Asks, and sees to it that the answer has an end and the connection is given back, whatever happens. */
    void run(Runnable ask) {
        try {
            if (!over.get()) {
                ask.run();
            }
        } catch (RuntimeException e) {
            onError(e);
        } finally {
            end(failures.cut(exchange.interruption()));
            exchange.close();
        }
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        if (!over.get()) {
            listener.delta(part.text());
        }
    }

    @Override
    public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
        if (!over.get()) {
            listener.heard();
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Chunks without text: the reason for the end, the usage, a refusal, or an error in place of a chunk. */
    @Override
    public void onUnmappedRawEvent(Object rawEvent) {
        if (!(rawEvent instanceof ServerSentEvent event) || over.get()) {
            return;
        }
        Chunk chunk = Chunk.of(event.data());
        if (chunk.error()) {
            onError(new ProviderFault(event.data()));
        } else if (!chunk.refusal().isEmpty()) {
            listener.delta(chunk.refusal());
        }
        if (chunk.finished()) {
            finishSeen = true;
            exchange.expectEndWithin(AFTER_FINISH);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (response.finishReason() == null && !finishSeen && !exchange.saidDone()) {
            end(failures.cut(exchange.interruption()));
        } else if (over.compareAndSet(false, true)) {
            if (response.aiMessage().hasToolExecutionRequests()) {
                tell(() -> listener.toolCalls(response.aiMessage().toolExecutionRequests().stream()
                        .map(it -> new Event.ToolCall(orEmpty(it.id()), orEmpty(it.name()), orEmpty(it.arguments())))
                        .toList()));
            }
            tell(() -> listener.finished(new Finish(reason(response.finishReason()), usage(response.tokenUsage()))));
        }
    }

    @Override
    public void onError(Throwable error) {
        end(failures.of(error));
        exchange.cancel();
    }

    /** Closes the connection; that of an answer that has ended is used again. */
    @Override
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            exchange.cancel();
        }
    }

    private void end(ModelFailure failure) {
        if (over.compareAndSet(false, true)) {
            tell(() -> listener.failed(failure));
        }
    }

    private static void tell(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.error("An answer's end could not be handled.", e);
        }
    }

    private static Finish.Reason reason(@Nullable FinishReason reason) {
        return switch (reason) {
            case STOP -> Finish.Reason.STOP;
            case LENGTH -> Finish.Reason.LENGTH;
            case CONTENT_FILTER -> Finish.Reason.CONTENT_FILTER;
            case TOOL_EXECUTION, OTHER -> Finish.Reason.OTHER;
            case null -> Finish.Reason.OTHER;
        };
    }

    private static Optional<Finish.ReportedUsage> usage(@Nullable TokenUsage usage) {
        if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
            return Optional.empty();
        }
        return Optional.of(new Finish.ReportedUsage(
                Math.max(0, usage.inputTokenCount()),
                cached(usage),
                Math.max(0, usage.outputTokenCount()),
                reasoning(usage)));
    }

    private static long cached(TokenUsage usage) {
        return usage instanceof OpenAiTokenUsage told && told.inputTokensDetails() != null
                ? orZero(told.inputTokensDetails().cachedTokens())
                : 0;
    }

    private static long reasoning(TokenUsage usage) {
        return usage instanceof OpenAiTokenUsage told && told.outputTokensDetails() != null
                ? orZero(told.outputTokensDetails().reasoningTokens())
                : 0;
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
