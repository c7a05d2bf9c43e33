package dev.weir.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the passwords that are guessed first. */
final class Weakness {

    static final int SHORTEST = 10;
    static final int LONGEST = 1000;

    private static final int LEAST_SURPRISES = 5;
    private static final String[] ROWS = {"qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "1234567890"};

    /** The words of the commonest passwords, without the digits and signs that people put around them. */
    private static final Set<String> COMMON = Set.of(
            "password",
            "passwort",
            "passwords",
            "passphrase",
            "mypassword",
            "yourpassword",
            "thepassword",
            "newpassword",
            "letmein",
            "letmeinnow",
            "welcome",
            "welcomehome",
            "administrator",
            "admin",
            "adminadmin",
            "root",
            "superuser",
            "changeme",
            "changemenow",
            "changeit",
            "secret",
            "topsecret",
            "supersecret",
            "default",
            "iloveyou",
            "ilovejesus",
            "monkey",
            "dragon",
            "sunshine",
            "princess",
            "football",
            "baseball",
            "basketball",
            "superman",
            "batman",
            "starwars",
            "trustno",
            "whatever",
            "qwerty",
            "michael",
            "jennifer",
            "computer",
            "internet",
            "liverpool",
            "manchester",
            "weir",
            "openai",
            "chatgpt",
            "qazwsx",
            "qazwsxedc",
            "qwaszx",
            "opensesame",
            "correcthorsebatterystaple",
            "hunter",
            "temporary",
            "temppassword",
            "test",
            "testtest",
            "testing",
            "user",
            "username",
            "login",
            "guest",
            "demo",
            "example",
            "master",
            "abc",
            "passw",
            "summer",
            "winter",
            "spring",
            "autumn");

    private Weakness() {}

    static Optional<String> of(String password, String login) {
        String lower = password.toLowerCase(Locale.ROOT);
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("The password is too short: use at least " + SHORTEST + " characters.");
        }
        if (password.length() > LONGEST) {
            return Optional.of("The password is too long: use at most " + LONGEST + " characters.");
        }
        if (login.length() >= 3 && lower.contains(login.toLowerCase(Locale.ROOT))) {
            return Optional.of("The password contains the login: use something that can't be guessed from it.");
        }
        if (isCommon(lower)) {
            return Optional.of("The password is one of those that are tried first: use a less common one.");
        }
        if (repeats(lower) || surprises(lower) < LEAST_SURPRISES) {
            return Optional.of("The password is a repetition or a simple sequence: use a less regular one.");
        }
        return Optional.empty();
    }

    private static boolean isCommon(String lower) {
        return COMMON.contains(strip(lower)) || COMMON.contains(strip(unleet(strip(lower))));
    }

    /** Without the digits and signs at both ends. */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetter(text.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetter(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String unleet(String text) {
        return text.replace('0', 'o')
                .replace('1', 'l')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's');
    }

    /** True when it is one piece, shorter than half, over and over. */
    private static boolean repeats(String text) {
        for (int period = 1; period <= text.length() / 2; period++) {
            if (period < SHORTEST && text.substring(period).equals(text.substring(0, text.length() - period))) {
                return true;
            }
        }
        return false;
    }

    /** How many characters don't follow from the one before: not the same, not its neighbour. */
    private static int surprises(String text) {
        int count = 1;
        for (int i = 1; i < text.length(); i++) {
            if (!neighbours(text.charAt(i - 1), text.charAt(i))) {
                count++;
            }
        }
        return count;
    }

    private static boolean neighbours(char one, char other) {
        if (Math.abs(one - other) <= 1) {
            return true;
        }
        for (String row : ROWS) {
            int at = row.indexOf(one);
            int next = row.indexOf(other);
            if (at >= 0 && next >= 0 && Math.abs(at - next) <= 1) {
                return true;
            }
        }
        return false;
    }
}
