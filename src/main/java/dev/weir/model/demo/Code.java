package dev.weir.model.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A piece of code that fits a question.
 *
 * @param language its usual name, as people write it
 * @param block fenced, with the language
 * @param ready true: does what was asked; false: a frame with the topic's name
 */
record Code(String language, String block, boolean ready) {

    private static final Map<String, Pattern> LANGUAGES = ordered(
            "sql", "\\bsql\\b|\\bquery\\b|\\b(?:table|join|select|postgres\\w*|mysql)\\b",
            "shell", "\\b(?:bash|shell|command line|terminal|sh|zsh|curl|one-liner)\\b",
            "python", "\\b(?:python|pandas|numpy|django|pip)\\b",
            "javascript", "\\b(?:javascript|typescript|js|ts|node|react|browser|npm)\\b",
            "java", "\\b(?:java|jvm|spring|jakarta|maven|record)\\b");
    private static final Map<String, Pattern> TASKS = ordered(
            "fizzbuzz", "fizz ?buzz",
            "hello", "hello,? world",
            "fibonacci", "fibonacci",
            "factorial", "factorial",
            "primes", "\\bprimes?\\b",
            "palindrome", "palindrome",
            "email", "\\be-?mail\\b",
            "duplicates", "duplicates?",
            "without", "(?:customers?|orders?|users?|rows?)\\b.*\\b(?:without|missing)\\b",
            "deadlock", "deadlock",
            "top", "\\btop\\b|\\bmost\\b|customers?|orders?\\b|revenue|group by",
            "reverse", "\\brevers",
            "sort", "\\bsort|\\border by\\b",
            "http", "\\bhttp|\\bfetch\\b|\\brequest\\b|\\bdownload|\\burl\\b|\\bapi\\b",
            "file", "\\bfiles?\\b|\\blines\\b|\\bcsv\\b");
    private static final Map<String, String> NAMES =
            Map.of("sql", "SQL", "shell", "shell", "python", "Python", "javascript", "JavaScript", "java", "Java");

    /** In the language the question names, else in Java. */
    static Code forQuestion(Question question) {
        String text = question.text().toLowerCase(Locale.ROOT);
        String language = first(LANGUAGES, text, "java");
        String task = first(TASKS, text, "any");
        String name = NAMES.getOrDefault(language, language);
        return Texts.sample(task, language)
                .filter(sample -> !task.equals("any"))
                .map(sample -> new Code(name, sample, true))
                .orElseGet(() -> new Code(name, frame(question.topic(), language), false));
    }

    private static String frame(String topic, String language) {
        String plain = topic.replaceAll(
                "(?i)\\s+(?:in|with|using) (?:java|python|javascript|typescript|js|sql|bash|shell)\\b.*$", "");
        List<String> words = Topic.words(plain).stream()
                .map(word -> word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                .filter(word -> word.matches("[a-z].*"))
                .limit(3)
                .toList();
        List<String> parts = words.isEmpty() ? List.of("example") : words;
        StringBuilder camel = new StringBuilder();
        parts.forEach(part -> camel.append(Topic.title(part)));
        String lower = camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
        return Texts.sample("any", language)
                .orElseThrow()
                .replace("{Name}", camel)
                .replace("{camel}", lower)
                .replace("{name}", String.join("_", parts))
                .replace("{topic}", plain.replace("*/", "").replace("\"\"\"", ""));
    }

    private static String first(Map<String, Pattern> patterns, String text, String otherwise) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    private static Map<String, Pattern> ordered(String... namesAndPatterns) {
        Map<String, Pattern> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPatterns.length; i += 2) {
            map.put(namesAndPatterns[i], Pattern.compile(namesAndPatterns[i + 1]));
        }
        return map;
    }
}
