package dev.weir.pipeline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Cuts a text into deltas. Every cut is taken as it is, also between the halves of a surrogate pair. */
public final class Cuts {

    private Cuts() {}

    /** Deltas of so many characters, the last one of what is left. */
    public static List<String> every(String text, int characters) {
        SortedSet<Integer> places = new TreeSet<>();
        for (int at = characters; at < text.length(); at += characters) {
            places.add(at);
        }
        return at(text, places);
    }

    /** A delta for each word, with the space before it, as models send them. */
    public static List<String> words(String text) {
        SortedSet<Integer> places = new TreeSet<>();
        for (int at = 1; at < text.length(); at++) {
            if (Character.isWhitespace(text.charAt(at)) && !Character.isWhitespace(text.charAt(at - 1))) {
                places.add(at);
            }
        }
        return at(text, places);
    }

    /** Cut before each of these characters; places outside of the text count for nothing. */
    public static List<String> at(String text, SortedSet<Integer> places) {
        List<String> deltas = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            if (place > from && place < text.length()) {
                deltas.add(text.substring(from, place));
                from = place;
            }
        }
        if (from < text.length()) {
            deltas.add(text.substring(from));
        }
        return deltas;
    }
}
