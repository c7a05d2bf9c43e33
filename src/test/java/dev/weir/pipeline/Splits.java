package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into deltas. */
public final class Splits {

    private Splits() {}

    /** Deltas of these lengths, over and over, none empty. */
    public static List<String> of(String text, List<Integer> lengths) {
        List<String> deltas = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < text.length(); i++) {
            int to = Math.min(text.length(), from + lengths.get(i % lengths.size()));
            deltas.add(text.substring(from, to));
            from = to;
        }
        return deltas;
    }

    /** Each UTF-16 character by itself: surrogate pairs come in halves. */
    public static List<String> single(String text) {
        return of(text, List.of(1));
    }
}
