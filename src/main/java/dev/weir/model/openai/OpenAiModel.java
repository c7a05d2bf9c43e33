package dev.weir.model.openai;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import dev.weir.model.ModelSpec;
import dev.weir.model.Moderation;
import dev.weir.model.StreamingModel;
import java.util.Collections;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A model behind OpenAI's chat completions, at any base URL. Every answer has a virtual thread and an HTTP/1.1 connection
 * of its own while it lasts; nothing is ever asked twice, for the caller decides about that.
 */
public final class OpenAiModel implements StreamingModel, AutoCloseable {

    /** The names under which a caller limits the answer; the one of the configuration then does not count. */
    private static final Set<String> LIMITS = Set.of("max_tokens", "max_completion_tokens");

    private final ModelSpec spec;
    private final OpenAiSettings settings;
    private final Connections connections;
    private final StreamingChatModel model;

    public OpenAiModel(ModelSpec spec, OpenAiSettings settings) {
        this(spec, settings, System::nanoTime);
    }

    /** @param nanos a clock that never goes back, in nanoseconds */
    OpenAiModel(ModelSpec spec, OpenAiSettings settings, LongSupplier nanos) {
        this.spec = spec;
        this.settings = settings;
        this.connections = new Connections(settings.connectTimeout(), nanos);
        this.model = model(spec, settings);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public Upstream ask(Prompt prompt, Listener listener) {
        Exchange exchange = connections.exchange(spec.idleTimeout());
        Echo echo = new Echo(prompt.lines());
        OpenAiAnswer answer =
                new OpenAiAnswer(listener, exchange, new Failures(spec.label(), it -> echo.cover(settings.cover(it))));
        Thread.ofVirtual()
                .name("weir-model-" + spec.name())
                .start(() -> answer.run(() -> Exchanges.during(exchange, () -> model.chat(request(prompt), answer))));
        return answer;
    }

    /** langchain4j's model. */
    private static StreamingChatModel model(ModelSpec spec, OpenAiSettings settings) {
        OpenAiStreamingChatModelBuilder builder = new OpenAiStreamingChatModelBuilder()
                .httpClientBuilder(new Exchanges())
                .baseUrl(settings.baseUrl().toString())
                .modelName(spec.model());
        settings.apiKey().ifPresent(key -> builder.apiKey(key.reveal()));
        return builder.build();
    }

    private ChatRequest request(Prompt prompt) {
        return ChatRequest.builder()
                .messages(Messages.of(prompt))
                .parameters(parameters(prompt))
                .build();
    }

    /** What is asked for with the prompt counts before the model's own settings. */
    private OpenAiChatRequestParameters parameters(Prompt prompt) {
        OpenAiChatRequestParameters.Builder parameters =
                OpenAiChatRequestParameters.builder().customParameters(prompt.parameters());
        Set<String> asked = prompt.parameters().keySet();
        if (!asked.contains("temperature")) {
            settings.temperature().ifPresent(parameters::temperature);
        }
        if (Collections.disjoint(asked, LIMITS)) {
            settings.maxOutputTokens()
                    .ifPresent(settings.openAiItself() ? parameters::maxCompletionTokens : parameters::maxOutputTokens);
        }
        return parameters.build();
    }

    /**
     * The moderation of this model's provider.
     *
     * @param name the provider's name of the moderation model
     */
    public Moderation moderation(String name) {
        return new OpenAiModeration(connections, spec.idleTimeout(), settings, name);
    }

    /** Ends whatever is under way; for the end of the application. */
    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return "OpenAiModel[" + spec.name() + " at " + settings.baseUrl() + "]";
    }
}
