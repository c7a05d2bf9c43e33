package dev.weir.pipeline.safety;

/**
 * Which characters of a text are taken for a letter of a term: digits that stand for letters, and the capital I that
 * looks like an l. The automaton works on classes of such characters; what it finds is then checked one by one.
 */
final class Likeness {

    private Likeness() {}

    /** One character that stands for all that can be taken for each other. */
    static int classOf(int c) {
        return switch (c) {
            case 'I', 'l', '1' -> 'i';
            case '0' -> 'o';
            case '3' -> 'e';
            case '4' -> 'a';
            case '5' -> 's';
            case '7' -> 't';
            case '8' -> 'b';
            default -> c;
        };
    }

    /** True when a text's character can stand for the one of a term. */
    static boolean standsFor(int seen, int meant) {
        return seen == meant
                || switch (seen) {
                    case 'I', '1' -> meant == 'i' || meant == 'l';
                    case '0', '3', '4', '5', '7', '8' -> classOf(seen) == meant;
                    default -> false;
                };
    }

    /** True for a digit in the place of a letter. */
    static boolean disguised(int seen, int meant) {
        return seen >= '0' && seen <= '9' && seen != meant;
    }
}
