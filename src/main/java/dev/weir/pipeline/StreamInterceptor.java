package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One stage of the pipeline between a model and the log. A CDI bean of this type is found by itself, also in a jar that
 * was added to the WAR; stages run in the order of {@code @jakarta.annotation.Priority} on the bean's class, the lowest
 * first (nearest to the model), 2500 without it. The meter stands at 100, for it counts what the provider bills; guards
 * stand at 1000 to 1999, changes of the text at 2000 to 2999.
 *
 * <p>The bean itself is shared and must be thread-safe; what belongs to one branch lives in the {@link Stage} it opens.
 */
public interface StreamInterceptor {

    /** Short and stable: the name in the configuration ({@code weir.interceptors.NAME.mode}), the log and the console. */
    String name();

    /** The most characters a stage of this interceptor ever holds back; 0 when it passes everything on at once. */
    default int maxHeld() {
        return 0;
    }

    /** Where it may stand. */
    default Place place() {
        return Place.MIDDLE;
    }

    /**
     * True when it is about an answer as a whole, and has nothing to say of a sentence beside it, see {@link
     * BranchContext#side()}.
     */
    default boolean isForAnswersOnly() {
        return false;
    }

    /** What can be set, beside its mode; the console shows a field for each. */
    default List<Setting> settings() {
        return List.of();
    }

    /** What is wrong with this value of a setting, in words for an administrator; empty when it is fine. */
    default Optional<String> problem(String key, String value) {
        return Optional.empty();
    }

    /**
     * Whether it has been given what it needs. One that has not is not there: it is neither declared nor opened. Most need
     * nothing.
     *
     * @param setting looks up one of {@link #settings()} by its key; empty when it is not set
     */
    default boolean isConfigured(Function<String, Optional<String>> setting) {
        return true;
    }

    /**
     * Whether policies of organisations and rooms can only make its mode stricter, as long as the installation does not
     * unlock it: for what the installation relies on.
     */
    default boolean isLockedAtFirst() {
        return false;
    }

    /**
     * Opens this interceptor's stage for one branch. Called once, before the model is asked.
     *
     * @param next where the stage passes text on to
     * @throws RuntimeException when it cannot run: the branch then fails before the model is asked. So it does when its
     *     classes cannot be linked
     */
    Stage open(BranchContext branch, Stage next);
}
