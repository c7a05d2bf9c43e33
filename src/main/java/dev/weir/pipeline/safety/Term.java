package dev.weir.pipeline.safety;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A word or phrase to look for, as the folded characters that a text must have. Words are parted by one {@link #GAP} each,
 * whatever parts them in the text; a gap at the beginning or end asks for the boundary of a word there.
 *
 * @param topic the index of its category, or {@link #ALLOWED}
 */
record Term(int topic, List<Integer> characters) {

    /** Whatever stands between words. */
    static final int GAP = ' ';

    /** The topic of phrases that excuse what they hold. */
    static final int ALLOWED = -1;

    /** The longest term, in folded characters. */
    static final int LONGEST = 200;

    private static final int LEAST_SPACED = 4;

    /** These are written without blanks between words. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    Term {
        characters = List.copyOf(characters);
    }

    /**
     * Reads a term. An asterisk at its beginning or end says that the word may go on there.
     *
     * @throws IllegalArgumentException when nothing of it is a letter or digit, or it is too long
     */
    static Term of(int topic, String text) {
        String word = text.strip();
        List<Integer> characters = folded(word);
        if (characters.isEmpty()) {
            throw new IllegalArgumentException("has no letter or digit.");
        }
        if (characters.size() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters.");
        }
        if (!word.endsWith("*") && spaced(characters.getLast())) {
            characters.addLast(GAP);
        }
        if (!word.startsWith("*") && spaced(characters.getFirst())) {
            characters.addFirst(GAP);
        }
        return new Term(topic, characters);
    }

    private static List<Integer> folded(String text) {
        List<Integer> characters = new ArrayList<>();
        text.codePoints().forEach(it -> {
            for (int c : Folding.of(it)) {
                if (Folding.inWord(c)) {
                    characters.add(c == 'I' ? 'i' : c);
                } else if (!characters.isEmpty() && characters.getLast() != GAP) {
                    characters.add(GAP);
                }
            }
        });
        if (!characters.isEmpty() && characters.getLast() == GAP) {
            characters.removeLast();
        }
        return characters;
    }

    private static boolean spaced(int c) {
        return !UNSPACED.contains(UnicodeScript.of(c));
    }

    /** The term and, where it is long enough to be recognised by it, the same written l i k e  t h i s. */
    List<Term> spellings() {
        List<Integer> letters = characters.stream().filter(it -> it != GAP).toList();
        boolean whole = characters.getFirst() == GAP && characters.getLast() == GAP;
        if (topic == ALLOWED || !whole || letters.size() < LEAST_SPACED || letters.size() > LONGEST / 2) {
            return List.of(this);
        }
        List<Integer> apart = new ArrayList<>(List.of(GAP));
        letters.forEach(it -> apart.addAll(List.of(it, GAP)));
        return List.of(this, new Term(topic, apart));
    }

    /** How many of its letters must really be there and not be digits that look like them. */
    int leastReal() {
        int letters = (int) characters.stream().filter(Character::isLetter).count();
        return Math.min(letters, Math.max(2, Math.ceilDiv(letters, 3)));
    }
}
