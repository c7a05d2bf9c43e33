package dev.weir.model.demo;

import java.util.List;

/** Writes a persona's answers. The same conversation, command and variant give the same text. */
final class Author {

    /** How many different answers there are to one question, at most. */
    static final int VARIANTS = 4;

    private final Writer writer;

    Author(Persona persona) {
        this.writer = switch (persona) {
            case QUICK -> new QuickWriter();
            case CAREFUL -> new CarefulWriter();
            case CODER -> new CoderWriter();
        };
    }

    /** The answer, or what is missing of it when a part is there already. */
    String write(Conversation conversation, DemoCommand command, int variant) {
        if (conversation.translateInto().isPresent()) {
            return WordForWord.into(conversation.translateInto().get(), conversation.question());
        }
        if (!conversation.continued()) {
            return whole(conversation, command, variant);
        }
        String partial = conversation.partial();
        for (int candidate = 0; candidate < VARIANTS; candidate++) {
            String whole = whole(conversation, command, candidate);
            if (whole.startsWith(partial)) {
                return whole.length() > partial.length()
                        ? whole.substring(partial.length())
                        : nothingMore(conversation);
            }
        }
        return resumed(conversation, variant);
    }

    private String whole(Conversation conversation, DemoCommand command, int variant) {
        Dice dice = new Dice(conversation.question(), variant);
        return switch (command.kind()) {
            case NONE -> writer.write(QuestionReader.read(conversation), conversation, dice);
            case CODE -> Showcase.code();
            case LONG -> Showcase.words(command.words(), dice);
            case HELP -> Showcase.help();
            case FAIL, STALL, CUT, SLOW, EMPTY -> Showcase.trouble(command);
        };
    }

    private static String nothingMore(Conversation conversation) {
        return "\n\nThat is all I have to say about " + Topic.of(conversation.question()) + ".";
    }

    /** The text so far is none of ours, or was changed on its way. */
    private static String resumed(Conversation conversation, int variant) {
        String topic = Topic.of(conversation.question());
        Dice dice = new Dice(conversation.partial(), variant);
        List<String> more = dice.some(Texts.phrases("filler"), 2);
        String gap =
                conversation.partial().endsWith(" ") || conversation.partial().endsWith("\n") ? "" : " ";
        return gap + "… to go on from there: " + String.join(" ", more).replace("{topic}", topic);
    }
}
