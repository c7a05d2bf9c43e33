package dev.weir.audit;

import java.util.Locale;

/** What a record is of. */
public enum Kind {
    /** A model is asked. */
    TURN_STARTED,
    /** Text that was let through. */
    TEXT,
    /** What stands for a part of an answer in another language. */
    TRANSLATION,
    /** A tool that the caller was asked to run, as it was shown. */
    TOOL_CALL,
    /** What a guard decided. */
    VERDICT,
    /** An answer's one end. */
    TURN_ENDED,
    /** What an administrator, or a user about their own account and keys, has done. */
    ADMIN,
    /** What a member has done with a room, other than talking. */
    ROOM,
    /** Somebody signed in, or tried to. */
    SIGN_IN,
    /** Somebody tried to change what they may not. */
    REFUSED,
    /** Somebody looked at records, or took them along. */
    READ,
    /** Records are missing here, because they could not be kept. */
    GAP,
    /** About the chain itself: opened, closed, shortened. */
    CHAIN;

    /** The word on the wire and in the database: {@code turn-started}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException when it is no such word
     */
    public static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether its text is of a conversation, which not everybody who reads the audit may read. */
    public boolean isConversation() {
        return this == TEXT || this == TRANSLATION || this == TOOL_CALL;
    }
}
