package dev.weir.turn;

/** This node runs as many branches as it may, or is stopping. */
public final class TurnsFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the user who asked. */
    public static final String MESSAGE = "Too many answers are being written right now. Please try again in a moment.";

    TurnsFull() {
        super(MESSAGE);
    }
}
