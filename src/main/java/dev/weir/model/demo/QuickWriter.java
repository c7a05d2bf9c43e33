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
        String known = meanings(question.items());
        String rest = known.isEmpty() ? "\n\n" + honestShort(dice) : "";
        return (known.isEmpty() ? "" : known + "\n\n") + verdict(question, dice) + rest;
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
        return dice.pick(Texts.phrases("honest")) + " Where to look for the reason:\n\n"
                + about(bullets(dice.some(Texts.phrases("reasons"), 2)), question);
    }
}
