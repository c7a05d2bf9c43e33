package dev.weir.pipeline.redact;

import java.util.List;

/**
 * Finds numbers that people write in groups of digits. It reads a run of groups, and once a group has all that can belong
 * to a number that begins with it (19 digits or six groups, or the run ended), lets each rule look for the longest. A
 * group in the midst of letters and digits is no number.
 */
final class NumberRecogniser implements Recogniser {

    private final List<NumberRule> rules;

    NumberRecogniser(List<NumberRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public boolean begins(char c) {
        return c == '+' || c == '(' || Ascii.isDigit(c) || c >= 128;
    }

    @Override
    public boolean atWordStart(char c) {
        return c != '+' && c != '(';
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings, words);
    }

    private static boolean isDigit(char c) {
        return c < 128 ? Ascii.isDigit(c) : Character.isDigit(c);
    }

    /** What makes a group a part of a word; not letters of scripts that put no spaces between words. */
    private static boolean isGlue(char c) {
        return c == '_' || (c < 0x2E80 && Character.isLetter(c));
    }

    /** The separator as {@link NumberGroups} tells it; 0 for what separates no groups. */
    private static char separator(char c) {
        return switch (c) {
            case ' ', '\u00a0', '\u2009', '\u202f' -> ' ';
            case '-', '\u2010', '\u2011', '\u2012', '\u2013' -> '-';
            case '.', '/' -> c;
            case '(', ')' -> '(';
            default -> 0;
        };
    }

    private final class Machine extends Scan {

        private final NumberGroups groups;
        private boolean inGroup;

        /** Separators since the last group. */
        private int between;

        private char separator;

        /** Where a plus sign or a bracket stands that may begin a number. */
        private int prefix = NONE;

        private boolean plus;

        /** In a group that is too long to be a number. */
        private boolean skipping;

        private long steps;

        Machine(Window window, Findings findings, ContextWords.Seen words) {
            super(window, findings);
            this.groups = new NumberGroups(window, words);
        }

        @Override
        boolean next(char c, int at) {
            if (isDigit(c)) {
                digit(at);
            } else {
                skipping = false;
                inGroup = false;
                other(c, at);
            }
            return skipping || groups.count() > 0 || prefix != NONE;
        }

        private void digit(int at) {
            if (skipping) {
                return;
            }
            if (!inGroup) {
                if (groups.count() == 0 && isGlue(window.at(at - 1))) {
                    skipping = true;
                    return;
                }
                open(at);
            }
            groups.digit();
            while (groups.digits() > NumberGroups.DIGITS && groups.count() > 1) {
                decideFirst(groups.count() - 1);
            }
            if (groups.digits() > NumberGroups.DIGITS) {
                clear();
                skipping = true;
            }
        }

        private void open(int at) {
            char before = groups.count() > 0 ? between == 1 ? separator : 'x' : decimal(at);
            groups.open(at, before, plus);
            inGroup = true;
            between = 0;
            plus = false;
            prefix = NONE;
            if (groups.count() > NumberGroups.MOST) {
                decideFirst(NumberGroups.MOST);
            }
        }

        /** A number that goes on with what stands before it: {@code 1,234} or {@code 0.5}. */
        private char decimal(int at) {
            char before = window.at(at - 1);
            return (before == ',' || before == '.') && isDigit(window.at(at - 2)) ? before : 0;
        }

        private void other(char c, int at) {
            char kind = separator(c);
            if (kind != 0 && groups.count() > 0 && between < 2) {
                separator = kind;
                between++;
                return;
            }
            decideAll(isGlue(c) && between == 0);
            if (c == '(' || (c == '+' && !isDigit(window.at(at - 1)))) {
                boolean bracketed = c == '+' && prefix == at - 1;
                prefix = bracketed ? prefix : at;
                plus = c == '+';
            } else {
                prefix = NONE;
                plus = false;
            }
        }

        /** @param glued whether a letter follows the last group, which is no number then */
        private void decideAll(boolean glued) {
            int usable = groups.count() - (glued ? 1 : 0);
            while (groups.count() > 0) {
                decideFirst(usable--);
            }
            clear();
        }

        private void clear() {
            groups.clear();
            inGroup = false;
            between = 0;
            prefix = NONE;
            plus = false;
        }

        /** @param usable how many groups are complete */
        private void decideFirst(int usable) {
            for (NumberRule rule : rules) {
                for (int last = usable - 1; last >= 0; last--) {
                    steps++;
                    if (rule.matches(groups, 0, last)) {
                        findings.found(rule.rule(), rule.from(groups, 0, last), groups.end(last));
                        break;
                    }
                }
            }
            groups.dropFirst();
        }

        @Override
        void end(int at) {
            decideAll(false);
            skipping = false;
        }

        @Override
        int undecidedFrom() {
            if (groups.count() == 0) {
                return prefix;
            }
            int from = groups.start(0) - (groups.plus(0) ? 1 : 0);
            return window.at(from - 1) == '(' ? from - 1 : from;
        }

        @Override
        long steps() {
            return steps;
        }
    }
}
