package dev.weir.model.demo;

import java.util.List;

/** Says it in code wherever it can. */
final class CoderWriter extends Writer {

    @Override
    int breadth() {
        return 5;
    }

    @Override
    String code(Question question, Dice dice) {
        Code code = Code.forQuestion(question);
        String opener = code.ready()
                ? dice.pick("In " + code.language() + ":", "This does it, in " + code.language() + ":")
                : "A frame in " + code.language() + ", with the name in place:";
        return opener + "\n\n" + code.block() + "\n\n"
                + dice.pick(
                        "Try it with an empty input first.",
                        "A test for the edge cases comes next: empty, one, very many.",
                        "Say which language you'd rather have: Java, Python, JavaScript, SQL or shell.");
    }

    @Override
    String comparison(Question question, Dice dice) {
        String one = question.items().get(0);
        String other = question.items().get(1);
        String known = meanings(question.items());
        return (known.isEmpty() ? "" : known + "\n\n")
                + "As a decision, in code:\n\n```java\nString choose(Team team) {\n"
                + "    if (team.knows(\"" + quoted(one) + "\")) return \"" + quoted(one) + "\";\n"
                + "    if (team.knows(\"" + quoted(other) + "\")) return \"" + quoted(other) + "\";\n"
                + "    return team.tryBoth(Duration.ofHours(4)); // the same small task\n}\n```\n\n"
                + verdict(question, dice);
    }

    @Override
    String howTo(Question question, Dice dice) {
        StringBuilder steps =
                new StringBuilder("```bash\n# ").append(question.topic()).append('\n');
        int number = 1;
        for (String step : dice.some(Texts.phrases("steps"), 5)) {
            steps.append("# ")
                    .append(number++)
                    .append(". ")
                    .append(step.replaceAll("^\\*\\*(.*?)\\.?\\*\\*.*$", "$1"))
                    .append('\n');
        }
        return "As a checklist to keep beside the code:\n\n" + steps + "```\n\n" + honestShort(dice);
    }

    @Override
    String list(Question question, Dice dice) {
        List<String> entries = dice.some(Texts.phrases("ideas"), question.count()).stream()
                .map(entry -> "  \"" + quoted(about(entry, question).replaceAll("\\*\\*|[,:] .*$", "")) + "\"")
                .toList();
        return "```json\n[\n" + String.join(",\n", entries) + "\n]\n```\n\n" + honestShort(dice);
    }

    @Override
    String definition(Question question, Dice dice) {
        String meaning = meaning(question.topic());
        Code frame = Code.forQuestion(question);
        return "**" + Topic.title(question.topic()) + "**"
                + (meaning.isEmpty() ? ": " + dice.pick(Texts.phrases("honest")) : " is " + meaning + ".")
                + "\n\nThe idea as " + frame.language() + ":\n\n" + frame.block();
    }

    @Override
    String why(Question question, Dice dice) {
        return dice.pick(Texts.phrases("honest")) + "\n\n"
                + about(bullets(dice.some(Texts.phrases("reasons"), 3)), question)
                + "\n\nThe way to find out is to measure:\n\n```bash\ntime ./before && time ./after\n```\n\n"
                + honestShort(dice);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
