package pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An answer as models give them: prose with some Markdown, figures and names, in deltas of four characters. */
final class Answer {

    static final int DELTAS = 1000;
    private static final int CHARACTERS = 4;

    private static final String[] WORDS =
            ("the of and to in is that it was for on are as with they be at one have this from or had by hot but some what"
                            + " there we can out other were all your when up use word how said an each she which do their time"
                            + " if will way about many then them would write like so these her long make thing see him two has"
                            + " look more day could go come did my sound no most number who over know water than call first"
                            + " people may down side been now find river weir gate channel mill bank spring summer flow level"
                            + " measured released upstream downstream engineer decision carefully understand consequence"
                            + " Größe café naïve 1998 3.14 v2.1 README.md user@host e.g. didn't isn't")
                    .split(" ");
    private static final String[] BETWEEN = {
        ".\n\n", ".\n\n## Next\n\n", ":\n\n- ", "\n- ", ".\n\n```java\nint count = 1;\n```\n\n", " — ", " **or** "
    };

    private Answer() {}

    /** The same for the same seed. */
    static List<String> deltas(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < DELTAS * CHARACTERS) {
            sentence(text, random);
        }
        List<String> deltas = new ArrayList<>();
        for (int i = 0; i < DELTAS; i++) {
            deltas.add(text.substring(i * CHARACTERS, (i + 1) * CHARACTERS));
        }
        return deltas;
    }

    private static void sentence(StringBuilder text, Random random) {
        for (int words = 4 + random.nextInt(14); words > 0; words--) {
            // Some words are used much more often than others.
            int word = Math.min(random.nextInt(WORDS.length), random.nextInt(WORDS.length));
            text.append(WORDS[word]).append(words == 1 ? "" : random.nextInt(9) == 0 ? ", " : " ");
        }
        text.append(random.nextInt(3) == 0 ? BETWEEN[random.nextInt(BETWEEN.length)] : ". ");
    }
}
