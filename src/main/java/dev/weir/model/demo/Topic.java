package dev.weir.model.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a question is about, in the question's own words. */
final class Topic {

    private static final int MAX_WORDS = 7;
    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:please|hi|hello|hey|so|well|ok|okay|and|but|now|then|also)[,!]? )*"
                    + "(?:(?:can|could|would|will) you (?:please )?)?(?:(?:i(?:'d| would) like|i want|i need)(?: you)? to |let's )?"
                    + "(?:what(?:'s| is| are| does| do)|who(?:'s| is| are| was)|how (?:do|can|should|would|could) (?:i|you|we|one)"
                    + "|how (?:to|does|do|is|are)|how|plan|about|why (?:is|are|does|do|did|should|would)|where (?:is|are|do|can)|when (?:is|are|did|do)"
                    + "|what about|how about|tell (?:me|us)(?: more)?(?: about)?|explain(?: to me)?|describe|define|give (?:me|us)|list(?: of)?"
                    + "|name|suggest|show (?:me|us)|write(?: me| us)?|create|make(?: me| us)?|build|implement|draft|compose|generate"
                    + "|help (?:me|us)(?: with| to)?|should (?:i|we)|can (?:i|we|you)|is(?: it)?|are|do(?:es)?|tips (?:for|on))\\b\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FILLER = Pattern.compile(
            "^(?:a|an|the|some|any|my|our|your|about|for|of|to|on|me|us|short|brief|simple|quick|good|few|\\d+|"
                    + "ideas?|examples?|ways?|reasons?|tips?|steps?|list|difference|it|that|this|best|way|how|why|what)\\s+(?:(?:for|of|to|on|about|in) )?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ASKED_VERB = Pattern.compile(
            "(?:how (?:to|(?:do|can|should|would|could) (?:i|you|we|one))|(?:should|can|could|may|shall) (?:i|we)|help me(?: to)?)"
                    + " ([a-z]{2,14})\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> STOP = Set.of(
            "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "is", "are", "be", "it", "that", "this",
            "with", "as", "at", "by", "from", "i", "you", "we", "my", "your", "do", "does", "can", "please", "me", "us",
            "there", "have", "has");

    private Topic() {}

    /** Up to seven words; never empty. */
    static String of(String question) {
        String sentence = firstSentence(question);
        String rest = LEAD.matcher(sentence).replaceFirst("");
        for (int i = 0; i < 3; i++) {
            rest = strip(FILLER, rest);
        }
        String plain = rest.isBlank() ? sentence : rest.replaceFirst("(?i)\\s+works?$", "");
        return orThat(trimEnd(shortened(plain, MAX_WORDS)));
    }

    /** The question's first sentence as it stands, at most {@code 2 × MAX_WORDS} words of it. */
    static String sentence(String question) {
        return orThat(shortened(firstSentence(question), 2 * MAX_WORDS));
    }

    /** The topic as an activity: {@code baking bread}, for “How do I bake bread?”. */
    static String doing(String question) {
        String topic = of(question);
        Matcher verb = ASKED_VERB.matcher(firstSentence(question));
        boolean isVerb =
                verb.find() && topic.startsWith(verb.group(1)) && !verb.group(1).endsWith("ly");
        return isVerb ? gerund(verb.group(1)) + topic.substring(verb.group(1).length()) : topic;
    }

    private static String gerund(String verb) {
        if (verb.matches(".*[^aeiouy][aeiou][bdgmnprt]") && verb.length() <= 4) {
            return verb + verb.charAt(verb.length() - 1) + "ing";
        }
        if (verb.endsWith("ie")) {
            return verb.substring(0, verb.length() - 2) + "ying";
        }
        boolean silent = verb.matches(".*[^eoy]e") && verb.length() > 2;
        return (silent ? verb.substring(0, verb.length() - 1) : verb) + "ing";
    }

    private static String firstSentence(String question) {
        String firstLine = question.strip().lines().findFirst().orElse("").replaceAll("[`*_#>|\"“”]", "");
        return firstLine
                .split("(?<=[?!.])\\s", 2)[0]
                .replaceAll("[?!.,:;\\s]+$", "")
                .strip();
    }

    private static String orThat(String topic) {
        return topic.isBlank() ? "that" : topic;
    }

    private static String shortened(String text, int most) {
        String[] words = text.strip().split("\\s+");
        return String.join(" ", Arrays.copyOf(words, Math.min(words.length, most)));
    }

    private static String strip(Pattern pattern, String text) {
        String stripped = pattern.matcher(text).replaceFirst("");
        return stripped.isBlank() ? text : stripped;
    }

    private static String trimEnd(String topic) {
        String trimmed =
                topic.replaceAll("(?i)(?:\\s+(?:the|a|an|of|to|in|on|for|and|or|with|my|is|are|that|by))+$", "");
        return trimmed.length() > 120
                ? trimmed.substring(
                        0, trimmed.offsetByCodePoints(0, Math.min(60, trimmed.codePointCount(0, trimmed.length()))))
                : trimmed;
    }

    /** The words that carry meaning, in order, each once. */
    static List<String> words(String text) {
        return Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}+#.-]*[\\p{L}\\p{N}+#]|[\\p{L}\\p{N}]")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .filter(word -> !STOP.contains(word.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    /** With a capital letter in front. */
    static String title(String topic) {
        int first = topic.codePointAt(0);
        return Character.toString(Character.toUpperCase(first)) + topic.substring(Character.charCount(first));
    }
}
