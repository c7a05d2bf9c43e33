package dev.weir.model.demo;

import java.util.List;

/** Headings, tables, and a conclusion. */
final class CarefulWriter extends Writer {

    @Override
    int breadth() {
        return 7;
    }

    private static String heading(Question question, String before) {
        return "## " + before + Topic.title(question.topic()) + "\n\n";
    }

    private static String conclusion(Dice dice) {
        return "\n\n> " + dice.pick(Texts.phrases("quotes")) + "\n\n" + honestShort(dice);
    }

    @Override
    String code(Question question, Dice dice) {
        Code code = Code.forQuestion(question);
        String notes = bullets(List.of(
                "It refuses input that makes no sense instead of guessing.",
                "It has no hidden state: the same input gives the same result.",
                "Before you use it, add a test for the empty case and for a very large one."));
        return heading(question, "") + "First the code, in " + code.language() + ", then what to mind.\n\n"
                + code.block() + "\n\n### What to mind\n\n" + notes + (code.ready() ? "" : "\n\n" + honestShort(dice));
    }

    @Override
    String comparison(Question question, Dice dice) {
        String one = Topic.title(question.items().get(0));
        String other = Topic.title(question.items().get(1));
        StringBuilder table =
                new StringBuilder("| | ask it of " + one + " and of " + other + " | weight |\n| --- | --- | --- |\n");
        for (String row : dice.some(Texts.phrases("criteria"), dice.number(4, 5))) {
            table.append("| **").append(row.replaceFirst(" \\| ", "** | ")).append(" |\n");
        }
        String known = meanings(question.items());
        return "## " + one + " and " + other + "\n\n" + (known.isEmpty() ? "" : known + "\n\n") + table
                + "\n### How to decide\n\n" + verdict(question, dice) + conclusion(dice);
    }

    @Override
    String howTo(Question question, Dice dice) {
        List<String> steps = dice.some(Texts.phrases("steps"), dice.number(5, 7));
        return heading(question, "How to: ") + "### Step by step\n\n" + about(numbered(steps), question)
                + "\n\n### How you know that it worked\n\n"
                + bullets(List.of(
                        "Somebody else could repeat it from your notes.",
                        "The risky part is behind you, not ahead of you.",
                        "You would do it the same way again."))
                + conclusion(dice);
    }

    @Override
    String list(Question question, Dice dice) {
        return heading(question, "") + about(numbered(dice.some(Texts.phrases("ideas"), question.count())), question)
                + "\n\n### Where to start\n\nWith the one that costs least to try." + conclusion(dice);
    }

    @Override
    String definition(Question question, Dice dice) {
        String meaning = meaning(question.topic());
        String first = meaning.isEmpty()
                ? dice.pick(Texts.phrases("honest"))
                : "**" + Topic.title(question.topic()) + "** is " + meaning + ".";
        return heading(question, "") + first + "\n\n### How to look at it\n\n"
                + about(bullets(dice.some(Texts.phrases("facets"), 4)), question) + conclusion(dice);
    }

    @Override
    String why(Question question, Dice dice) {
        return heading(question, "Why: ") + dice.pick(Texts.phrases("honest"))
                + "\n\nThere is seldom one reason. Questions that lead to them:\n\n"
                + about(numbered(dice.some(Texts.phrases("reasons"), 4)), question) + conclusion(dice);
    }

    @Override
    String arithmetic(Question question) {
        String plain = super.arithmetic(question);
        if (question.items().get(1).isEmpty()) {
            return plain;
        }
        return "### " + question.topic() + "\n\n" + plain
                + "\n\nComputed with 34 digits, brackets first, then powers, then " + "× and ÷, then + and −.";
    }
}
