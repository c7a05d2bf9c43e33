package dev.weir.audit;

/** The front of the audit for everybody but the pipeline. Thread-safe. */
@FunctionalInterface
public interface Audit {

    /** Records nothing. */
    Audit NONE = (kind, who, place, action, subject, details) -> {};

    /**
     * Records something that has been done, and returns at once; it is written within moments.
     *
     * @param action a word that stays the same, such as {@code user.create}
     * @param subject the id of what it was done to; may be empty
     * @param details in plain words; never a secret. Empty for none
     */
    void record(Kind kind, Who who, Where place, String action, String subject, String details);

    /** Records what somebody did to the installation. */
    default void record(Who who, String action, String subject, String details) {
        record(Kind.ADMIN, who, Where.NONE, action, subject, details);
    }
}
