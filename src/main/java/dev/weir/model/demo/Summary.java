package dev.weir.model.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Picks the sentences that carry most of a text's frequent words: a summary without understanding. */
final class Summary {

    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+|\\n+");
    private static final int MAX_CHARACTERS = 20_000;

    private Summary() {}

    /** At most so many sentences, in the text's order. */
    static List<String> of(String text, int most) {
        List<String> sentences = SENTENCES
                .splitAsStream(text.substring(0, Math.min(text.length(), MAX_CHARACTERS)))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
        Map<String, Integer> counts = new HashMap<>();
        sentences.forEach(sentence -> words(sentence).forEach(word -> counts.merge(word, 1, Integer::sum)));
        return IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weight(sentences.get(i), counts)))
                .limit(most)
                .sorted()
                .map(sentences::get)
                .toList();
    }

    private static double weight(String sentence, Map<String, Integer> counts) {
        List<String> words = words(sentence);
        int sum = words.stream().mapToInt(word -> counts.getOrDefault(word, 0)).sum();
        return words.isEmpty() ? 0 : sum / Math.sqrt(words.size() + 4.0);
    }

    private static List<String> words(String sentence) {
        return Topic.words(sentence.toLowerCase(Locale.ROOT));
    }
}
