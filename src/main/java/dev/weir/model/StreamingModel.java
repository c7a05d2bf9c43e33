package dev.weir.model;

import dev.weir.event.Event.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model that can be asked, and that answers as a stream. Safe to use from many threads. */
public interface StreamingModel {

    ModelSpec spec();

    /**
     * Starts an answer and returns at once; never throws for what the provider does. The listener is called on the
     * model's own thread, one call at a time; it may block, and the model then reads no further.
     */
    Upstream ask(Prompt prompt, Listener listener);

    /**
     * What is sent to the model.
     *
     * @param lines the conversation in order. The last is the user's, a tool's, or an assistant's text to be continued
     * @param parameters what the caller asks beside it, by the names and in the form of OpenAI's chat completions
     *     ({@code temperature}, {@code tools}, …; JSON as maps, lists, texts, numbers and booleans). A model passes on
     *     what its provider knows and leaves the rest
     */
    record Prompt(List<Line> lines, Map<String, Object> parameters) {
        public Prompt {
            lines = List.copyOf(lines);
            parameters = Map.copyOf(parameters);
        }

        public Prompt(List<Line> lines) {
            this(lines, Map.of());
        }

        /**
         * One line of the conversation.
         *
         * @param toolCalls what the assistant asked for in this line
         * @param toolCallId for a tool's line, the call that it answers; else empty
         */
        public record Line(Role role, List<Part> parts, List<ToolCall> toolCalls, String toolCallId) {
            public Line {
                parts = List.copyOf(parts);
                toolCalls = List.copyOf(toolCalls);
            }

            public Line(Role role, String text) {
                this(role, List.of(new Text(text)), List.of(), "");
            }

            /** The text of all parts that are text. */
            public String text() {
                return parts.stream()
                        .flatMap(it -> it instanceof Text text ? Stream.of(text.text()) : Stream.empty())
                        .collect(Collectors.joining("\n"));
            }
        }

        /** A piece of a line. */
        public sealed interface Part {}

        public record Text(String text) implements Part {}

        /**
         * An image.
         *
         * @param url {@code https:} or {@code data:}
         * @param detail {@code low}, {@code high} or {@code auto}
         */
        public record Image(String url, String detail) implements Part {}

        /** Who speaks. */
        public enum Role {
            SYSTEM,
            USER,
            ASSISTANT,
            TOOL
        }
    }

    /** Hears an answer: any number of deltas, then exactly one of {@link #finished} and {@link #failed}. */
    interface Listener {

        /** A fragment as the provider sent it; never empty. */
        void delta(String text);

        /** Something else came than text: the model is at work. */
        default void heard() {}

        /** What the model asks its caller to run, all of it; at most once, before {@link #finished}. */
        default void toolCalls(List<ToolCall> calls) {}

        void finished(Finish finish);

        void failed(ModelFailure failure);
    }

    /** An answer under way. */
    interface Upstream {

        /**
         * Closes the connection to the provider, so that it stops generating. May be called at any time, from any
         * thread, more than once. The listener hears nothing more, except a call that is already running.
         */
        void cancel();
    }
}
