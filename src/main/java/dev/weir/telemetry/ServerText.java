package dev.weir.telemetry;

import java.util.HashSet;
import java.util.Set;

/** What the server prints as metrics: it has the base and vendor ones once more for each application. */
final class ServerText {

    private ServerText() {}

    /** The same text with each sample and each comment on a family once, the first time. */
    static String once(String text) {
        Set<String> seen = new HashSet<>();
        StringBuilder once = new StringBuilder(text.length());
        for (String line : text.split("\n")) {
            if (!line.isBlank() && seen.add(subject(line))) {
                once.append(line).append('\n');
            }
        }
        return once.toString();
    }

    /** Of a sample its name and labels, of a comment its kind and the family. */
    private static String subject(String line) {
        if (!line.startsWith("#")) {
            return line.substring(0, Math.max(line.lastIndexOf(' '), 0));
        }
        String[] words = line.split(" ", 4);
        return words.length < 3 ? line : words[0] + words[1] + " " + words[2];
    }
}
