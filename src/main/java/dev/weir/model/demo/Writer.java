package dev.weir.model.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/** How a persona answers: one method a kind of question, each returning markdown. */
abstract class Writer {

    /** The whole answer. */
    final String write(Question question, Conversation conversation, Dice dice) {
        return switch (question.kind()) {
            case GREETING -> dice.pick(Texts.phrases("greetings"));
            case THANKS -> dice.pick(Texts.phrases("thanks"));
            case IDENTITY -> identity();
            case ARITHMETIC -> arithmetic(question);
            case SUMMARY -> summary(question);
            case TRANSLATION -> translation(question);
            case UNKNOWABLE -> unknowable(question, dice);
            case FOLLOW_UP -> followUp(question, conversation, dice);
            case CODE -> code(question, dice);
            case STORY -> verse("stories", "\n\n", question, dice);
            case POEM -> verse("poems", "  \n", question, dice);
            case COMPARISON -> comparison(question, dice);
            case HOW_TO -> howTo(question, dice);
            case LIST -> list(question, dice);
            case DEFINITION -> definition(question, dice);
            case WHY -> why(question, dice);
            case DECISION -> about(dice.pick(Texts.phrases("decisions")), question) + "\n\n" + honestShort(dice);
            case STATEMENT -> about(dice.pick(Texts.phrases("statements")), question);
        };
    }

    abstract String code(Question question, Dice dice);

    abstract String comparison(Question question, Dice dice);

    abstract String howTo(Question question, Dice dice);

    abstract String list(Question question, Dice dice);

    abstract String definition(Question question, Dice dice);

    abstract String why(Question question, Dice dice);

    /** How many entries a list has at most, and how many points a follow-up makes. */
    abstract int breadth();

    private static String identity() {
        return """
                I am a **demonstration model**: no AI stands behind me, only rules. I can

                - compute, as in “what is 17 × 23?”
                - compare two things, as in “tea or coffee?”
                - list, explain and plan in general terms
                - show code in Java, Python, JavaScript, SQL and shell
                - show how failures look: type `/demo`

                With a real model configured, this is where it would answer.""";
    }

    String arithmetic(Question question) {
        String sum = question.items().get(0);
        String result = question.items().get(1);
        return result.isEmpty()
                ? "`" + sum + "` has no result: something in it can't be computed, such as a division by zero."
                : "`" + sum + "` = **" + result + "**";
    }

    private String summary(Question question) {
        String text = question.items().getFirst();
        if (text.isEmpty()) {
            return "Give me the text itself, after a colon or on a new line, and I'll pick out its main sentences.";
        }
        List<String> sentences = Summary.of(text, breadth() > 4 ? 4 : 2);
        int words = text.split("\\s+").length;
        return "**In short** (" + words + " words, the weightiest sentences):\n\n" + bullets(sentences);
    }

    private static String translation(Question question) {
        String text = question.items().getFirst();
        String quote = text.isEmpty() ? "" : "> " + text.replace("\n", "\n> ") + "\n\n";
        return quote
                + "I am a demonstration model: I can't translate; with a real model configured, the translation of “"
                + question.topic() + "” would stand here.";
    }

    private static String unknowable(Question question, Dice dice) {
        return "“" + question.topic() + "”: " + dice.pick(Texts.phrases("honest"));
    }

    private String followUp(Question question, Conversation conversation, Dice dice) {
        String asked = conversation.earlier().getLast().lines().findFirst().orElse("");
        String short80 = asked.length() > 80 ? asked.substring(0, asked.offsetByCodePoints(0, 40)) + "…" : asked;
        String section = question.text().toLowerCase(Locale.ROOT).contains("why") ? "reasons" : "facets";
        List<String> points = dice.some(Texts.phrases(section), Math.clamp(breadth() - 2, 1, 5));
        return "You asked earlier: “" + short80 + "”\n\n"
                + about(dice.pick(Texts.phrases("follow-ups")) + "\n\n" + bullets(points), question)
                + "\n\n" + honestShort(dice);
    }

    private static String verse(String section, String lineEnd, Question question, Dice dice) {
        String topic = question.topic()
                .replaceAll(
                        "(?i)^(?:story|tale|fairy ?tale|poem|haiku|sonnet|verse|limerick) (?:about|of|on|for) ", "");
        return dice.pick(Texts.phrases(section)).replace("|", lineEnd).replace("{topic}", topic);
    }

    /** The text about the question's topic, entries beginning with a capital letter. */
    static String about(String text, Question question) {
        String title = Topic.title(question.topic());
        return text.replaceAll("(?m)(^|^\\d+\\. |^- )(\\*\\*)?\\{topic}", "$1$2" + Matcher.quoteReplacement(title))
                .replace("{topic}", question.topic());
    }

    static String honestShort(Dice dice) {
        return dice.pick(Texts.phrases("honest-short"));
    }

    static String bullets(List<String> entries) {
        return "- " + String.join("\n- ", entries);
    }

    static String numbered(List<String> entries) {
        List<String> lines = new ArrayList<>();
        for (String entry : entries) {
            lines.add((lines.size() + 1) + ". " + entry);
        }
        return String.join("\n", lines);
    }

    static String meaning(String name) {
        return Texts.term(name).map(Texts.Term::meaning).orElse("");
    }

    /** Help in choosing that takes no side. */
    static String verdict(Question question, Dice dice) {
        return dice.pick(Texts.phrases("verdicts"))
                .replace("{a}", question.items().get(0))
                .replace("{b}", question.items().get(1));
    }

    /** A sentence each, for the sides that the glossary knows. */
    static String meanings(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (!meaning(name).isEmpty()) {
                text.append("**")
                        .append(Topic.title(name))
                        .append("** is ")
                        .append(meaning(name))
                        .append(". ");
            }
        }
        return text.toString().strip();
    }
}
