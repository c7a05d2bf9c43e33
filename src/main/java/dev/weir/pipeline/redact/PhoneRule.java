package dev.weir.pipeline.redact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers that libphonenumber holds valid: international ones with their plus sign, and those of one region as they
 * are written there (ITU-T E.164, at most 15 digits). Without a plus sign it must be written in groups, begin with a zero,
 * or come after a word that says what it is, so that an order number is not one.
 *
 * @param region ISO 3166-1, two letters; null for international numbers only
 * @param context the group of those words
 */
record PhoneRule(Rule rule, @Nullable String region, int context) implements NumberRule {

    private static final int FEWEST = 7;
    private static final int MOST = 15;

    /** Whether libphonenumber knows a region. */
    static boolean isRegion(String region) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region.toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean matches(NumberGroups groups, int first, int last) {
        int digits = 0;
        for (int i = first; i <= last; i++) {
            digits += groups.length(i);
            if (i > first && groups.plus(i)) {
                return false;
            }
        }
        if (digits < FEWEST || digits > MOST) {
            return false;
        }
        if (groups.plus(first)) {
            return isValid("+" + groups.text(groups.start(first), last), null);
        }
        return region != null
                && written(groups, first, last)
                && isValid(groups.text(groups.start(first), last), region);
    }

    private boolean written(NumberGroups groups, int first, int last) {
        boolean inNumber = isTight(groups.separator(first)) || isTight(groups.separator(last + 1));
        boolean shaped = first < last || groups.at(groups.start(first)) == '0' || groups.near(context, first);
        return !inNumber && shaped && !isDate(groups, first, last) && !isDotted(groups, first, last);
    }

    private static boolean isTight(char separator) {
        return separator == '-' || separator == '.' || separator == '/' || separator == ',';
    }

    private static boolean isDate(NumberGroups groups, int first, int last) {
        boolean joined = isTight(groups.separator(last)) && groups.separator(last) == groups.separator(last - 1);
        return last == first + 2
                && joined
                && ((groups.length(first) == 4 && groups.length(last) <= 2)
                        || (groups.length(first) <= 2 && groups.length(first + 1) <= 2 && groups.length(last) == 4));
    }

    /** Four short groups with dots between them are an address of the internet. */
    private static boolean isDotted(NumberGroups groups, int first, int last) {
        return last == first + 3
                && groups.separatedBy('.', first, last)
                && groups.length(first) <= 3
                && groups.length(last) <= 3;
    }

    private static boolean isValid(String text, @Nullable String region) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            return phones.isValidNumber(phones.parse(text, region));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /** Takes a plus sign and an area's brackets with it. */
    @Override
    public int from(NumberGroups groups, int first, int last) {
        int from = groups.start(first);
        if (groups.plus(first)) {
            from--;
        }
        boolean closes = first < last && groups.at(groups.end(first)) == ')';
        return closes && groups.at(from - 1) == '(' ? from - 1 : from;
    }
}
