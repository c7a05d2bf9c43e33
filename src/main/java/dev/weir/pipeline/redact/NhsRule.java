package dev.weir.pipeline.redact;

/**
 * NHS numbers of England, Wales and the Isle of Man: ten digits with a check digit modulo 11 (NHS Data Dictionary, "NHS
 * NUMBER"), written 3 3 4. With other separators than spaces, or none, only after words that say what it is.
 *
 * @param context the group of those words
 */
record NhsRule(Rule rule, int context) implements NumberRule {

    @Override
    public boolean matches(NumberGroups groups, int first, int last) {
        return written(groups, first, last) && isNhs(groups.digits(first, last));
    }

    private boolean written(NumberGroups groups, int first, int last) {
        if (groups.lengthsAre(first, last, 10)) {
            return groups.near(context, first);
        }
        return groups.lengthsAre(first, last, 3, 3, 4)
                && (groups.separatedBy(' ', first, last)
                        || (groups.separatedBy('-', first, last) && groups.near(context, first)));
    }

    private static boolean isNhs(String digits) {
        return Checksums.mod11(digits) && digits.chars().distinct().count() > 1;
    }
}
