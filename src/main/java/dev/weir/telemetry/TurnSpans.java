package dev.weir.telemetry;

import dev.weir.event.Event.Answer;
import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import dev.weir.turn.BranchObserver;
import dev.weir.turn.StartedBranch;
import dev.weir.turn.TurnObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One span for each branch, by OpenTelemetry's conventions for generative AI (semantic conventions 1.37, "GenAI spans",
 * kind chat). The server's tracer is used, which does nothing unless tracing is on. Never a text or a person's name.
 */
@ApplicationScoped
public class TurnSpans implements TurnObserver {

    private static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    @Inject
    Tracer tracer;

    @Override
    public BranchObserver started(StartedBranch branch) {
        Span span = tracer.spanBuilder("chat " + branch.model().model())
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(branch.at())
                .startSpan();
        if (!span.isRecording()) {
            return BranchObserver.NONE;
        }
        String provider = provider(branch.model().provider());
        span.setAttribute("gen_ai.operation.name", "chat");
        span.setAttribute("gen_ai.provider.name", provider);
        span.setAttribute("gen_ai.system", provider);
        span.setAttribute("gen_ai.request.model", branch.model().model());
        span.setAttribute("gen_ai.conversation.id", branch.room());
        span.setAttribute("weir.turn", branch.turn());
        span.setAttribute("weir.branch", branch.branch());
        span.setAttribute("weir.model", branch.model().name());
        return new OfBranch(span);
    }

    /** The conventions' own words for providers, where they have one. */
    private static String provider(String ours) {
        return switch (ours) {
            case "gemini" -> "gcp.gemini";
            case "mistral" -> "mistral_ai";
            case "demo" -> "weir.demo";
            default -> ours;
        };
    }

    private static final class OfBranch implements BranchObserver {
        private final Span span;

        OfBranch(Span span) {
            this.span = span;
        }

        @Override
        public void firstDelta(long nanos) {
            span.addEvent("weir.first_delta");
        }

        @Override
        public void retry(ModelFailure.Kind why, Duration wait) {
            span.addEvent("weir.retry");
        }

        @Override
        public void ended(Ended how) {
            Answer answer = how.answer();
            span.setAttribute("gen_ai.usage.input_tokens", answer.usage().inputTokens());
            span.setAttribute("gen_ai.usage.output_tokens", answer.usage().outputTokens());
            span.setAttribute("weir.outcome", answer.outcome().word());
            how.finish().ifPresent(it -> span.setAttribute(FINISH_REASONS, List.of(reason(it))));
            if (answer.outcome() == Outcome.FAILED) {
                String kind = how.failure()
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .orElse("_OTHER");
                span.setAttribute("error.type", kind);
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }

        private static String reason(Finish.Reason reason) {
            return reason.name().toLowerCase(Locale.ROOT);
        }
    }
}
