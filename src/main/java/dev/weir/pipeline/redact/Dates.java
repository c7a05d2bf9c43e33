package dev.weir.pipeline.redact;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Dates as people write them, in some languages: days that there are, from 1900 to 2099. */
final class Dates {

    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.of("es"), Locale.ITALIAN);
    private static final Map<String, Integer> MONTHS = months();

    private Dates() {}

    /** Dates of birth come after one of these. */
    static final List<String> CONTEXT = List.of(
            "born",
            "birth",
            "dob",
            "d.o.b",
            "geboren",
            "geburt",
            "geb.",
            "naissance",
            "né le",
            "née le",
            "nacimiento",
            "nacido",
            "nacida",
            "nascita",
            "nato il",
            "nata il");

    /** What may be a date: three numbers, or two and a word, in the orders in which they are written. */
    static final String PATTERN = "\\b(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}"
            + "|\\d{1,2}[-/.] ?\\d{1,2}[-/.] ?(\\d{2}|\\d{4})"
            + "|\\d{1,2}(st|nd|rd|th|er|\\.|º)?( of| de)?[ -]?\\p{L}{3,10}\\.?(,| de)?[ -]\\d{4}"
            + "|\\p{L}{3,10}\\.? \\d{1,2}(st|nd|rd|th)?,? \\d{4})\\b";

    private static Map<String, Integer> months() {
        Map<String, Integer> names = new TreeMap<>();
        for (Month month : Month.values()) {
            for (Locale language : LANGUAGES) {
                for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
                    names.put(month.getDisplayName(style, language).toLowerCase(Locale.ROOT), month.getValue());
                }
            }
        }
        return names;
    }

    /** @param text something that the pattern describes */
    static boolean isDate(String text) {
        List<String> words = Arrays.stream(
                        text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}.]+|(?<=\\d)[./](?=\\d)|\\.$"))
                .filter(it -> !it.isEmpty() && !it.equals("of") && !it.equals("de"))
                .toList();
        Integer month = words.stream()
                .map(Dates::month)
                .filter(it -> it > 0)
                .findFirst()
                .orElse(0);
        int[] numbers = words.stream()
                .filter(it -> Character.isDigit(it.charAt(0)))
                .mapToInt(it -> Integer.parseInt(it.replaceAll("\\D", "")))
                .toArray();
        if (month > 0) {
            return numbers.length == 2 && isDay(numbers[1], month, numbers[0]);
        }
        return numbers.length == 3
                && (isDay(numbers[0], numbers[1], numbers[2])
                        || isDay(numbers[2], numbers[1], numbers[0])
                        || isDay(numbers[2], numbers[0], numbers[1]));
    }

    private static int month(String word) {
        Integer month = MONTHS.get(word);
        return month == null ? MONTHS.getOrDefault(word.replaceAll("^\\d+\\p{L}*\\.?|\\.$", ""), 0) : month;
    }

    private static boolean isDay(int year, int month, int day) {
        int full = year < 100 ? year + 1900 : year;
        try {
            LocalDate.of(full, month, day);
            return full >= 1900 && full < 2100;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
