package dev.weir.room;

/** A text made to fit one line of a list. */
final class Shortened {

    private Shortened() {}

    /** The text itself, or its beginning up to a word's end and an ellipsis; at most {@code most} characters. */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = text.lastIndexOf(' ', most - 1);
        if (end < most / 2) {
            end = most - 1;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
