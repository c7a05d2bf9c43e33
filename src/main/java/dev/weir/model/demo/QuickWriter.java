package dev.weir.model.demo;

import java.util.List;

/** A few lines and no more. */
final class QuickWriter extends Writer {

    @Override
    int breadth() {
        return 4;
    }

    @Override
    String code(Question question, Dice dice) {
        Code code = Code.forQuestion(question);
        return (code.ready() ? "Here you are, in " : "A frame to start from, in ") + code.language() + ":\n\n"
                + code.block();
    }

    @Override
    String comparison(Question question, Dice dice) {
        String one = question.items().get(0);
        String other = question.items().get(1);
        String known = meanings(question.items());
        String verdict = dice.pick(
                "Take **" + one + "** when you want to start today; take **" + other
                        + "** when you'll need room later.",
                "**" + one + "** if your people know it, **" + other + "** if they'd rather; both will do.",
                "Try **" + one + "** first: going over to **" + other + "** later is easier than the other way round.");
        return (known.isEmpty() ? "" : known + "\n\n") + verdict + (known.isEmpty() ? "\n\n" + honestShort(dice) : "");
    }

    @Override
    String howTo(Question question, Dice dice) {
        return dice.pick(Texts.phrases("short-openers")) + "\n\n"
                + about(numbered(dice.some(Texts.phrases("steps"), 3)), question) + "\n\n" + honestShort(dice);
    }

    @Override
    String list(Question question, Dice dice) {
        List<String> entries = dice.some(Texts.phrases("ideas"), question.count());
        return about(
                        bullets(entries.stream()
                                .map(entry -> entry.replaceAll(",.*$|:(?! ?\\*).*$", ""))
                                .toList()),
                        question)
                + "\n\n" + honestShort(dice);
    }

    @Override
    String definition(Question question, Dice dice) {
        String meaning = meaning(question.topic());
        return meaning.isEmpty()
                ? "**" + Topic.title(question.topic()) + "**: " + dice.pick(Texts.phrases("honest"))
                : "**" + Topic.title(question.topic()) + "** is " + meaning + ".";
    }

    @Override
    String why(Question question, Dice dice) {
        return about(bullets(dice.some(Texts.phrases("reasons"), 2)), question) + "\n\n" + honestShort(dice);
    }
}
