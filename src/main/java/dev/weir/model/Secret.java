package dev.weir.model;

/**
 * A key that must not be shown. It prints as a row of dots, so that no log, message or debugger line gives it away by
 * accident.
 */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The key itself, for the request only. */
    public String reveal() {
        return value;
    }

    /** The text with every occurrence of the key, or of something that looks like one, covered. */
    public String coverIn(String text) {
        String covered = value.length() < 4 ? text : text.replace(value, "•••");
        return coverKeys(covered);
    }

    /** The text with everything covered that looks like a provider's key. */
    public static String coverKeys(String text) {
        return text.replaceAll("\\b(?:sk|pk|key|gsk|xai)-[A-Za-z0-9_*.-]{4,}", "•••")
                .replaceAll("(?i)bearer\\s+[A-Za-z0-9._~+/=-]{6,}", "Bearer •••");
    }

    @Override
    public String toString() {
        return "•••";
    }
}
