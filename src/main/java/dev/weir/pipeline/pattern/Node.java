package dev.weir.pipeline.pattern;

import java.util.List;

/** A part of a regular expression. */
sealed interface Node {

    /** One character of a set. */
    record One(CharSet set) implements Node {}

    /** No character, at places where something holds. */
    record Any(Assertion where) implements Node {}

    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    record Choice(List<Node> choices) implements Node {
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /**
     * Some of one after the other.
     *
     * @param most {@link #WITHOUT_END} for any number
     */
    record Repeated(Node one, int least, int most) implements Node {
        static final int WITHOUT_END = -1;
    }

    /** What may hold between two characters. */
    enum Assertion {
        WORD_EDGE,
        NO_WORD_EDGE,
        LINE_START,
        LINE_END;

        /**
         * Whether it holds between two characters.
         *
         * @param word what words are made of
         * @param before a line break or a blank at the beginning of the text
         * @param after negative at its end
         */
        boolean holds(CharSet word, int before, int after) {
            return switch (this) {
                case WORD_EDGE -> word.has(before) != word.has(after);
                case NO_WORD_EDGE -> word.has(before) == word.has(after);
                case LINE_START -> before == '\n';
                case LINE_END -> after == '\n' || after < 0;
            };
        }
    }
}
