package dev.weir.room;

/**
 * Something that was asked for and is not done. Every door turns it into its own form of error.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why, in the words of the wire. */
    public enum Code {
        NO_SUCH_ROOM,
        NO_SUCH_MESSAGE,
        NO_SUCH_USER,
        NO_SUCH_TURN,
        UNKNOWN_MODEL,
        INVALID,
        TOO_LARGE,
        CONFLICT,
        BUSY;

        /** The word on the wire: {@code no-such-room}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Code code;

    /**
     * Refuses.
     *
     * @param detail what is wrong and what to do, one or two plain sentences
     */
    public Refusal(Code code, String detail) {
        super(detail);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** What is wrong and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    static Refusal noSuchRoom() {
        return new Refusal(Code.NO_SUCH_ROOM, "There is no such room, or you are not a member of it.");
    }
}
