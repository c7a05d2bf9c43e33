package dev.weir.pipeline.redact;

import java.util.List;

/** A part of a regular expression. */
sealed interface PatternNode {

    /** One character of a set. */
    record One(CharSet set) implements PatternNode {}

    /** No character, at places where something holds. */
    record Any(Assertion where) implements PatternNode {}

    record Sequence(List<PatternNode> parts) implements PatternNode {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    record Choice(List<PatternNode> choices) implements PatternNode {
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /**
     * Some of one after the other.
     *
     * @param most {@link #WITHOUT_END} for any number
     */
    record Repeated(PatternNode one, int least, int most) implements PatternNode {
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
         * @param before a line break at the beginning of the text
         * @param after negative at its end
         */
        boolean holds(int before, int after) {
            return switch (this) {
                case WORD_EDGE -> CharSet.WORD.has(before) != CharSet.WORD.has(after);
                case NO_WORD_EDGE -> CharSet.WORD.has(before) == CharSet.WORD.has(after);
                case LINE_START -> before == '\n';
                case LINE_END -> after == '\n' || after < 0;
            };
        }
    }
}
