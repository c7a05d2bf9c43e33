package dev.weir.model.openai;

import dev.weir.model.StreamingModel.Prompt;
import java.util.List;

/** Takes what was asked out of a provider's words about it: some quote it back, and their words go to the log. */
record Echo(List<Prompt.Line> asked) {

    /** So many characters of a line, one after the other, make a quotation. */
    private static final int QUOTATION = 16;

    /** The text up to where it begins to quote. */
    String cover(String text) {
        int end = text.length();
        for (Prompt.Line line : asked) {
            String start = line.text().replaceAll("\\s+", " ").strip();
            start = start.substring(0, Math.min(start.length(), QUOTATION));
            int at = start.length() < QUOTATION / 2 ? -1 : text.indexOf(start);
            end = at < 0 ? end : Math.min(end, at);
        }
        return end == text.length() ? text : text.substring(0, end) + "•••";
    }
}
