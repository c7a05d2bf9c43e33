package dev.weir.model.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a demo model makes of a sentence that it is to translate: the words it knows put into the language one by one, the
 * others as they are, and a mark in front that says what this is. It shows how translations arrive; it does not translate.
 */
final class WordForWord {

    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['\u2019]\\p{L}+)?");

    private WordForWord() {}

    /** The sentence with {@code ‹fr›} in front. Marks such as {@code ⟦1⟧} stay. */
    static String into(String language, String sentence) {
        Map<String, String> words =
                Dictionary.WORDS.getOrDefault(Locale.forLanguageTag(language).getLanguage(), Map.of());
        String changed = WORD.matcher(sentence).replaceAll(it -> Matcher.quoteReplacement(word(words, it.group())));
        return "\u2039" + language + "\u203A " + changed;
    }

    private static String word(Map<String, String> words, String word) {
        String known = words.get(word.toLowerCase(Locale.ROOT));
        if (known == null) {
            return word;
        }
        return Character.isUpperCase(word.charAt(0))
                ? Character.toUpperCase(known.charAt(0)) + known.substring(1)
                : known;
    }

    /** {@code dictionary.txt}: a line for each word, English first, then as the first line says. */
    private static final class Dictionary {
        static final Map<String, Map<String, String>> WORDS = read();

        private static Map<String, Map<String, String>> read() {
            Map<String, Map<String, String>> words = new HashMap<>();
            String[] languages = new String[0];
            for (String line : Texts.lines("dictionary.txt")) {
                String[] row = line.split("\\s*\\|\\s*");
                if (languages.length == 0) {
                    languages = row;
                }
                for (int i = 1; i < row.length; i++) {
                    words.computeIfAbsent(languages[i], it -> new HashMap<>()).put(row[0], row[i]);
                }
            }
            return words;
        }
    }
}
