package dev.weir.identity;

/** Something about accounts or keys that was asked for and is not done. Every door turns it into its own form of error. */
public final class AccountProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Kind {
        INVALID(400),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        NO_SUCH_USER(404),
        NO_SUCH_ORGANISATION(404),
        WEAK_PASSWORD(400),
        WRONG_PASSWORD(403),
        TOO_MANY_ATTEMPTS(429),
        LOGIN_TAKEN(409),
        LAST_ADMINISTRATOR(409),
        YOURSELF(409),
        NOT_EMPTY(409);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The status with which the HTTP doors say it. */
        public int status() {
            return status;
        }

        /** The word on the wire: {@code not-found}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Kind kind;
    private final String field;

    private AccountProblem(Kind kind, String field, String detail) {
        super(detail);
        this.kind = kind;
        this.field = field;
    }

    /** @param detail what is wrong and what to do, one or two plain sentences */
    static AccountProblem of(Kind kind, String detail) {
        return new AccountProblem(kind, "", detail);
    }

    static AccountProblem invalid(String field, String detail) {
        return new AccountProblem(Kind.INVALID, field, detail);
    }

    static AccountProblem forbidden(String detail) {
        return new AccountProblem(Kind.FORBIDDEN, "", detail);
    }

    static AccountProblem notFound(String detail) {
        return new AccountProblem(Kind.NOT_FOUND, "", detail);
    }

    static AccountProblem conflict(String detail) {
        return new AccountProblem(Kind.CONFLICT, "", detail);
    }

    public Kind kind() {
        return kind;
    }

    /** The field that is wrong, by its name in JSON; empty when it is none. */
    public String field() {
        return field;
    }

    /** What is wrong and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
