package dev.weir.pipeline.redact;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of networks and of devices: IPv4 as four numbers up to 255 without leading zeros (RFC 6943, 3.1.1, strict),
 * IPv6 (RFC 4291, 2.2), MAC-48 as six pairs with {@code :} or {@code -}, or three groups of four with dots (IEEE 802).
 * Addresses that stand for nobody (this machine, unspecified, broadcast) are none; nor is a name with two colons as in
 * {@code Face::add}: an IPv6 address must have a digit and at least three groups.
 *
 * @param ip null when they are not looked for
 * @param mac null when they are not looked for
 */
record AddressRecogniser(@Nullable Rule ip, @Nullable Rule mac) implements Recogniser {

    private static final int LONGEST = 64;

    @Override
    public boolean begins(char c) {
        return c == ':' || (c < 128 && Character.digit(c, 16) >= 0);
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private static boolean isPart(char c) {
        return c < 128 && (Character.digit(c, 16) >= 0 || c == ':' || c == '.' || c == '-');
    }

    private final class Machine extends Scan {

        private int from = NONE;
        private boolean tooLong;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            if (from == NONE && !tooLong) {
                from = at;
            } else if (!isPart(c)) {
                if (!tooLong && !Ascii.isLetterOrDigit(c) && c != '_') {
                    decide(at);
                }
                from = NONE;
                tooLong = false;
            } else if (!tooLong && at - from >= LONGEST) {
                from = NONE;
                tooLong = true;
            }
            return from != NONE || tooLong;
        }

        private void decide(int at) {
            String text = window.text(from, at);
            if (text.length() < 3) {
                return;
            }
            int end = text.length();
            while (end > 0 && ".-".indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            String whole = text.substring(0, end);
            if (mac != null && Addresses.isMac(whole)) {
                findings.found(mac, from, from + end);
                return;
            }
            int begin = 0;
            for (String part : whole.split("-")) {
                address(part, from + begin);
                begin += part.length() + 1;
            }
        }

        private void address(String part, int begin) {
            Rule rule = ip;
            if (rule != null) {
                Optional<String> found = Addresses.ip(part);
                found.ifPresent(it -> findings.found(rule, begin, begin + it.length()));
            }
        }

        @Override
        void end(int at) {
            if (from != NONE) {
                decide(at);
            }
            from = NONE;
            tooLong = false;
        }

        @Override
        int undecidedFrom() {
            return from;
        }
    }
}
