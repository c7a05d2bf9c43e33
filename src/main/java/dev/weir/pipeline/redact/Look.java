package dev.weir.pipeline.redact;

import java.util.ArrayList;
import java.util.List;

/** Some recognisers together, ready to be opened for a text. Immutable. */
final class Look {

    private static final int COLUMNS = 129;

    private final List<Recogniser> recognisers;
    private final ContextWords words;

    /** Which recognisers a character wakes, one bit each: wherever it stands, and at the beginning of a word. */
    final int[] anywhere = new int[COLUMNS];

    final int[] atWordStart = new int[COLUMNS];

    /**
     * @param recognisers at most 32
     */
    Look(List<Recogniser> recognisers, ContextWords words) {
        if (recognisers.size() > Integer.SIZE) {
            throw new IllegalArgumentException("More than 32 recognisers at a time");
        }
        this.recognisers = List.copyOf(recognisers);
        this.words = words;
        for (int i = 0; i < recognisers.size(); i++) {
            Recogniser it = recognisers.get(i);
            for (char c = 0; c < COLUMNS; c++) {
                int[] table = it.atWordStart(c) ? atWordStart : anywhere;
                table[c] |= it.begins(c) ? 1 << i : 0;
            }
        }
    }

    /** These and one more. */
    Look with(Recogniser one) {
        List<Recogniser> all = new ArrayList<>(recognisers);
        all.add(one);
        return new Look(all, words);
    }

    boolean isEmpty() {
        return recognisers.isEmpty();
    }

    ContextWords words() {
        return words;
    }

    Scan[] open(Window window, Findings findings, ContextWords.Seen seen) {
        return recognisers.stream().map(it -> it.open(window, findings, seen)).toArray(Scan[]::new);
    }
}
