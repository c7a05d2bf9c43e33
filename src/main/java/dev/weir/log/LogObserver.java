package dev.weir.log;

/** Is told how fast the log is. Must return at once. */
public interface LogObserver {

    /** Hears nothing. */
    LogObserver NONE = new LogObserver() {};

    /** An append begins; {@link #appended} or {@link #notAppended} follows. */
    default void appending() {}

    /**
     * Events were appended together.
     *
     * @param events how many
     * @param nanos from the call until a second node held them, where there is one
     */
    default void appended(int events, long nanos) {}

    /** An append failed. */
    default void notAppended() {}

    /** This node has read so many events of a room's tail. */
    default void read(int events) {}

    /**
     * This node has read what it had appended itself. Measured for one append of a room at a time.
     *
     * @param nanos from the call of append until then
     */
    default void followed(long nanos) {}
}
