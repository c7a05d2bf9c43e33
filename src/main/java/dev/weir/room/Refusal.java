package dev.weir.room;

/**
 * Something that was asked for and is not done. Every door turns it into its own form of error.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why, in the words of the wire. */
    public enum Code {
        FORBIDDEN(403),
        NO_SUCH_ROOM(404),
        NO_SUCH_MESSAGE(404),
        NO_SUCH_USER(404),
        NO_SUCH_ORGANISATION(404),
        UNKNOWN_MODEL(400),
        INVALID(400),
        BAD_CURSOR(400),
        TOO_MANY_CONNECTIONS(429),
        TOO_LARGE(413),
        TOO_SLOW(408),
        CONFLICT(409),
        KEY_REUSED(422),
        BUSY(503);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The status with which the HTTP doors say it. */
        public int status() {
            return status;
        }

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
