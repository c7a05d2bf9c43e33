package dev.weir.audit;

/** Where in the conversations something happened; what does not apply is empty. */
public record Where(String room, String turn, String branch, String model) {

    public static final Where NONE = new Where("", "", "", "");

    /** A room as a whole. */
    public static Where room(String room) {
        return new Where(room, "", "", "");
    }
}
