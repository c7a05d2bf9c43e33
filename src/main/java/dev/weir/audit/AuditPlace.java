package dev.weir.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record stands among those of all chains, in the order of time. */
public record AuditPlace(long atMillis, String chain, long seq) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-([a-z0-9]{1,64})-(\\d{1,18})");

    public static AuditPlace of(AuditRecord record) {
        return new AuditPlace(record.fact().atMillis(), record.chain(), record.seq());
    }

    /** Empty when the text is none. */
    public static Optional<AuditPlace> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new AuditPlace(
                        Long.parseLong(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return atMillis + "-" + chain + "-" + seq;
    }
}
