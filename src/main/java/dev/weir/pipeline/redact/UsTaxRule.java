package dev.weir.pipeline.redact;

/**
 * Nine digits as {@code AAA-GG-SSSS}. A social security number: area not 000, 666 or 900 to 999, group not 00, serial not
 * 0000 (20 CFR 422.103; SSA, "Social Security Number Randomization"), and not one of those that advertisements have used
 * (SSA, "Social Security Cards Issued by Woolworth"). An individual taxpayer number: area 900 to 999, group 50–65, 70–88,
 * 90–92 or 94–99 (IRS, Publication 1915; IRM 3.21.263). With other separators or none, only after words that say what it
 * is.
 *
 * @param taxpayer whether it is for taxpayer numbers
 * @param context the group of the words that say so
 */
record UsTaxRule(Rule rule, boolean taxpayer, int context) implements NumberRule {

    @Override
    public boolean matches(NumberGroups groups, int first, int last) {
        return written(groups, first, last) && isGood(groups.digits(first, last));
    }

    private boolean written(NumberGroups groups, int first, int last) {
        if (groups.lengthsAre(first, last, 9)) {
            return groups.near(context, first);
        }
        if (!groups.lengthsAre(first, last, 3, 2, 4)) {
            return false;
        }
        boolean hyphens = groups.separatedBy('-', first, last);
        boolean alone = groups.separator(first) != '-' && groups.separator(last + 1) != '-';
        return (hyphens && alone) || (groups.separatedBy(' ', first, last) && groups.near(context, first));
    }

    private boolean isGood(String digits) {
        return taxpayer ? isTaxpayer(digits) : isSocialSecurity(digits);
    }

    private static boolean isSocialSecurity(String digits) {
        return digits.charAt(0) != '9'
                && !digits.startsWith("000")
                && !digits.startsWith("666")
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000")
                && !digits.equals("078051120")
                && !digits.equals("219099999");
    }

    private static boolean isTaxpayer(String digits) {
        int group = Integer.parseInt(digits.substring(3, 5));
        return digits.charAt(0) == '9' && group >= 50 && group != 89 && group != 93 && (group <= 65 || group >= 70);
    }
}
