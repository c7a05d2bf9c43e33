package dev.weir.room;

import dev.weir.budget.OverBudget;
import dev.weir.budget.Shortage;
import dev.weir.budget.rate.Rate;
import dev.weir.budget.rate.TooFast;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        NO_SUCH_BUDGET(404),
        NO_SUCH_NODE(404),
        UNKNOWN_MODEL(400),
        INVALID(400),
        BAD_CURSOR(400),
        TOO_MANY_CONNECTIONS(429),
        TOO_LARGE(413),
        TOO_SLOW(408),
        CONFLICT(409),
        /** What was to be changed is no longer as it was when the change was made. */
        CHANGED(412),
        KEY_REUSED(422),
        /** A budget is used up. */
        OVER_BUDGET(429),
        /** The caller asks faster than they may. */
        TOO_FAST(429),
        BUSY(503),
        /** No node is there that serves the model. */
        NOT_SERVED(503),
        /** This node is being taken out of service: another one is to be asked. */
        MOVING(503);

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
    private final transient @Nullable Shortage shortage;
    private final transient @Nullable Rate rate;

    /**
     * Refuses.
     *
     * @param detail what is wrong and what to do, one or two plain sentences
     */
    public Refusal(Code code, String detail) {
        super(detail);
        this.code = code;
        this.shortage = null;
        this.rate = null;
    }

    /** Refuses what there is no budget for. */
    public Refusal(OverBudget refused) {
        super(refused.shortage().words());
        this.code = Code.OVER_BUDGET;
        this.shortage = refused.shortage();
        this.rate = null;
    }

    /** Refuses who has to wait. */
    public Refusal(TooFast refused) {
        super(refused.rate().words());
        this.code = Code.TOO_FAST;
        this.shortage = null;
        this.rate = refused.rate();
    }

    /** How fast the caller asks, for {@link Code#TOO_FAST}. */
    public Optional<Rate> rate() {
        return Optional.ofNullable(rate);
    }

    /** What there is too little of, for {@link Code#OVER_BUDGET}. */
    public Optional<Shortage> shortage() {
        return Optional.ofNullable(shortage);
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
