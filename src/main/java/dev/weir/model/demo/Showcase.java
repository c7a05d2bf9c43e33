package dev.weir.model.demo;

import java.util.List;

/** What the {@code /demo} prompts write. */
final class Showcase {

    private static final String TOPIC = "streaming text";

    private Showcase() {}

    static String help() {
        return """
                ## Demo prompts

                | prompt | what happens |
                | --- | --- |
                | `/demo long 800` | an answer of 800 words (without a number 600) |
                | `/demo code` | every kind of markdown: code, table, list, quote |
                | `/demo slow` | a very slow answer |
                | `/demo cut` | the connection breaks in mid-answer |
                | `/demo stall` | the answer stops and nothing more comes, until the idle timeout |
                | `/demo fail` | the model fails before the first word |
                | `/demo empty` | the model finishes without a word |

                An answer that was cut or stalled can be continued.""";
    }

    /** Shown up to the trouble; whole when it is continued. */
    static String trouble(DemoCommand command) {
        return switch (command.kind()) {
            case CUT ->
                "This answer breaks off in the middle, as if the connection to the provider had been cut. "
                        + "Nothing that you have seen is lost, and when you continue it, it goes on right here.";
            case STALL ->
                "This answer stops in the middle and the provider says nothing more. After the idle timeout it "
                        + "is given up. When you continue it, it goes on right here.";
            case SLOW ->
                "This answer comes very slowly, one piece after the other, so that there is time to stop it, to "
                        + "reload the page, or to look at it from another tab.";
            default -> "Nothing of this answer is ever shown.";
        };
    }

    static String code() {
        return "## All kinds of markdown\n\nA paragraph with **bold**, *italic*, `code` and a [link](https://example.org/).\n\n"
                + Texts.sample("primes", "java").orElseThrow() + "\n\n"
                + Texts.sample("primes", "python").orElseThrow() + "\n\n"
                + Texts.sample("top", "sql").orElseThrow()
                + "\n\n| language | typed | speed |\n| --- | :---: | ---: |\n| Java | statically | fast |\n"
                + "| Python | dynamically | slow |\n| SQL | statically | depends |\n\n"
                + "1. first\n   - nested\n   - nested too\n2. second\n\n> A quote,\n> on two lines.\n\n---\n\nThe end.";
    }

    /** Exactly so many words (a heading's and a list's marks don't count), in paragraphs with headings. */
    static String words(int count, Dice dice) {
        StringBuilder text = new StringBuilder();
        List<String> sentences = Texts.phrases("filler");
        int left = count;
        for (int paragraph = 1; left > 0; paragraph++) {
            if (paragraph % 4 == 1 && left > 10) {
                text.append(text.isEmpty() ? "" : "\n\n").append("## Part ").append(paragraph / 4 + 1);
                left -= 2;
            }
            text.append(text.isEmpty() ? "" : "\n\n");
            left -= paragraph(text, dice.some(sentences, 4), left);
        }
        return text.toString();
    }

    private static int paragraph(StringBuilder text, List<String> sentences, int most) {
        String[] words = String.join(" ", sentences).replace("{topic}", TOPIC).split(" ");
        int count = Math.min(most, words.length);
        text.append(String.join(" ", List.of(words).subList(0, count)));
        return count;
    }
}
