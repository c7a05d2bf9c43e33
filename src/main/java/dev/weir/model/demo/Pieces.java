package dev.weir.model.demo;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Cuts a text the way real tokenizers do: a word with the blank before it, punctuation, line breaks. Loses nothing. */
final class Pieces {

    private static final Pattern PIECE =
            Pattern.compile(" ?[\\p{L}\\p{M}\\p{N}'’]{1,12}| ?[^\\s\\p{L}\\p{M}\\p{N}'’]{1,4}|\\s+");

    private Pieces() {}

    static List<String> of(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }
}
