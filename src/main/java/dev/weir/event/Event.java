package dev.weir.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of a room's log, without its place in it. The family is closed: who reads events switches over all of them.
 * The wire form of each is in {@code docs/protocol.md}.
 */
public sealed interface Event {

    /**
     * A person's message, or a finished answer (the fold of its branch's deltas).
     *
     * @param id for an answer, its branch
     * @param replaces the message whose place this one takes: that message and all that followed it no longer belong to
     *     the conversation. For answers, see {@link Branch#replaces()}
     * @param answer present for a model's answer only
     * @param variants its translations; languages that nobody wanted are missing
     */
    record Message(
            String id, Member from, String text, Optional<String> replaces, Optional<Answer> answer, Variants variants)
            implements Event {

        /** A message without translations. */
        public Message(String id, Member from, String text, Optional<String> replaces, Optional<Answer> answer) {
            this(id, from, text, replaces, answer, Variants.NONE);
        }

        /** The same with these translations. */
        public Message with(Variants translations) {
            return new Message(id, from, text, replaces, answer, translations);
        }
    }

    /**
     * What an answer has beside its text.
     *
     * @param prompt the message it answers
     * @param reason in a user's words; empty for {@link Outcome#COMPLETE} without remark
     * @param toolCalls what the model asks its caller to run before it goes on; mostly empty
     */
    record Answer(
            String turn,
            String prompt,
            String model,
            Outcome outcome,
            String reason,
            Usage usage,
            Timing timing,
            List<ToolCall> toolCalls) {
        public Answer {
            toolCalls = List.copyOf(toolCalls);
        }

        /** The reason of a complete answer that the model ended because it may say no more. */
        public static final String AT_ITS_LENGTH = "The model reached its length limit. You can continue the answer.";

        /** Whether the model was not done, but may say no more. */
        public boolean reachedItsLength() {
            return outcome == Outcome.COMPLETE && reason.equals(AT_ITS_LENGTH);
        }

        /** An answer that asks for no tool. */
        public Answer(
                String turn, String prompt, String model, Outcome outcome, String reason, Usage usage, Timing timing) {
            this(turn, prompt, model, outcome, reason, usage, timing, List.of());
        }
    }

    /**
     * A tool that a model asks its caller to run.
     *
     * @param id by which the caller gives the result back
     * @param arguments as the model wrote them, JSON if it did well
     */
    record ToolCall(String id, String name, String arguments) {}

    /**
     * A prompt is being answered.
     *
     * @param prompt the message that is answered
     * @param requestedBy who asked for it
     * @param interceptors what runs on this turn, in order
     */
    record TurnStarted(
            String turn, String prompt, Member requestedBy, List<Branch> branches, List<Declared> interceptors)
            implements Event {
        public TurnStarted {
            branches = List.copyOf(branches);
            interceptors = List.copyOf(interceptors);
        }
    }

    /**
     * One model's answer within a turn.
     *
     * @param replaces the finished answer whose place this one takes (regenerate, continue)
     */
    record Branch(String id, Member model, Optional<String> replaces) {}

    /** An interceptor and the mode it runs in on this turn. */
    record Declared(String name, String mode) {}

    /** A fragment of a branch's text, as the pipeline let it through. */
    record Delta(String turn, String branch, String text) implements Event {}

    /**
     * A translation of a part of a message's text. The parts of one language follow each other without gaps.
     *
     * @param turn empty for a person's message
     * @param branch the branch, or the person's message
     * @param language a BCP 47 tag
     * @param from where the part begins, in UTF-16 characters
     * @param to where it ends
     * @param text what stands for it; empty when the part stands as it is: code, and what is in that language already
     * @param original true when it should have been translated and was not
     */
    record Variant(String turn, String branch, String language, int from, int to, String text, boolean original)
            implements Event {}

    /** The one terminal event of a branch. */
    record TurnEnded(String turn, String branch, Outcome outcome, String reason, Usage usage, Timing timing)
            implements Event {}

    /**
     * Of a branch's text so far only the beginning stays. A guard that looks after text was shown takes the rest back: its
     * end, as blocked, follows, and no further delta. Or its model {@linkplain #BEGINS_AGAIN begins again}: nothing stays,
     * and deltas follow.
     *
     * @param kept UTF-16 characters from the beginning, continued text included; 0 or more. What is shorter already stays
     *     as it is
     * @param rule which rule of the guard decided, or {@link #BEGINS_AGAIN}
     */
    record Withdrawn(String turn, String branch, int kept, String rule) implements Event {

        /** The rule when no guard decided: the node that wrote it has gone, and its model can't go on after a beginning. */
        public static final String BEGINS_AGAIN = "begins-again";
    }

    /** What a member is doing now. */
    record Presence(Member member, State state) implements Event {
        /** What a member can be doing. */
        public enum State {
            PRESENT,
            TYPING,
            THINKING,
            GENERATING,
            IDLE;

            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static State of(String word) {
                return valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
    }

    /**
     * What a guard decided.
     *
     * @param decision passed, redacted or blocked
     * @param rule which rule of the guard decided
     */
    record Verdict(String turn, String branch, String interceptor, Decision decision, String rule) implements Event {
        /** What a guard can decide. */
        public enum Decision {
            PASSED,
            REDACTED,
            BLOCKED;

            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Decision of(String word) {
                return valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
    }

    /**
     * Something the members should know, in plain words.
     *
     * @param turn the turn it is about; empty for the room as a whole
     */
    record Notice(String turn, String text) implements Event {}

    /** The room was renamed. */
    record RoomRenamed(String name, Member by) implements Event {}

    /** The room was deleted; the last event of its log. */
    record RoomDeleted(Member by) implements Event {}
}
