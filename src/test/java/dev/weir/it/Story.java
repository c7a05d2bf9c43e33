package dev.weir.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What the provider tells when it is asked for a story: the same words whenever it is asked, some secrets among them, and
 * what the guards make of it. Its name and a seed say everything about it.
 *
 * @param before how long the provider thinks
 * @param pace the time between deltas
 */
record Story(String name, List<Part> parts, Duration before, Duration pace, long seed) {

    private static final List<Part> SECRETS = List.of(
            new Part("4539 1488 0343 6467", "**** **** **** 6467"),
            new Part(
                    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0"
                            + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                    "[jwt]"));
    private static final int LONGEST_DELTA = 24;

    /** A piece as the provider sends it and as readers get it. */
    record Part(String raw, String guarded) {
        boolean isSecret() {
            return !raw.equals(guarded);
        }
    }

    /** The story of this name; names are letters and digits. */
    static Story of(long seed, String name) {
        long own = seed * 31 + name.hashCode();
        Random random = new Random(own);
        List<Part> parts = new ArrayList<>();
        int words = 10 + random.nextInt(35);
        for (int i = 1; i <= words; i++) {
            String word = (i == 1 ? "" : " ") + name + "w" + i;
            parts.add(new Part(word, word));
            if (random.nextInt(12) == 0) {
                parts.add(new Part(" ", " "));
                parts.add(SECRETS.get(random.nextInt(SECRETS.size())));
            }
        }
        Duration before = Duration.ofMillis(random.nextInt(4) == 0 ? 2000 + random.nextInt(4000) : random.nextInt(500));
        return new Story(name, parts, before, Duration.ofMillis(200 + random.nextInt(400)), own);
    }

    /** What readers have in the end. */
    String guarded() {
        return parts.stream().map(Part::guarded).collect(Collectors.joining());
    }

    /** What the provider has still to tell to somebody who has this much; empty when that is no beginning of the story. */
    Optional<String> after(String guarded) {
        int at = 0;
        StringBuilder rest = new StringBuilder();
        for (Part part : parts) {
            int known = Math.clamp(guarded.length() - at, 0, part.guarded().length());
            boolean cut = known > 0 && known < part.guarded().length();
            if ((known > 0 && !part.guarded().regionMatches(0, guarded, at, known)) || (cut && part.isSecret())) {
                return Optional.empty();
            }
            rest.append(known == 0 ? part.raw() : part.guarded().substring(known));
            at += part.guarded().length();
        }
        return guarded.length() > at ? Optional.empty() : Optional.of(rest.toString());
    }

    /** Whether readers may have this when the story was stopped: what might have become a secret stays as it was sent. */
    boolean begins(String text) {
        int at = 0;
        for (Part part : parts) {
            if (!text.startsWith(part.guarded(), at)) {
                String rest = text.substring(at);
                return part.guarded().startsWith(rest) || part.raw().startsWith(rest);
            }
            at += part.guarded().length();
        }
        return text.length() == at;
    }

    /** A text in the pieces in which it is sent. */
    List<String> deltas(String text) {
        Random random = new Random(seed + text.length());
        List<String> deltas = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(LONGEST_DELTA));
            deltas.add(text.substring(at, to));
            at = to;
        }
        return deltas;
    }
}
