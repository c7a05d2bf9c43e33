package dev.weir.pipeline.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * JSON web tokens in their compact form (RFC 7519; RFC 7515, 3.1; RFC 7516, 3.1): two to five parts of base64url with
 * dots between them, the first of which is the header: JSON with an {@code alg} (RFC 7515, 4.1.1).
 */
final class JwtRecogniser implements Recogniser {

    private static final String BEGIN = "eyJ";
    private static final int LEAST = 10;
    private static final int PARTS = 5;

    private final Rule rule;

    JwtRecogniser(Rule rule) {
        this.rule = rule;
    }

    @Override
    public boolean begins(char c) {
        return c == BEGIN.charAt(0);
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private final class Machine extends Scan {

        private int from = NONE;
        private int part;
        private int partFrom;
        private boolean endless;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            if (from == NONE) {
                begin(at);
            } else if (at - from < BEGIN.length()) {
                from = c == BEGIN.charAt(at - from) ? from : NONE;
            } else if (c == '.' && part < PARTS - 1) {
                dot(at);
            } else if (!TokenRule.Body.DASHED.has(c)) {
                decide(at);
            }
            if (from != NONE && at - from >= BOUND) {
                goOnWithoutEnd(at);
            }
            return from != NONE;
        }

        private void begin(int at) {
            from = at;
            part = 0;
            partFrom = at;
            endless = false;
        }

        private void dot(int at) {
            if (part == 0 && !endless && !isHeader(window.text(from, at))) {
                from = NONE;
                return;
            }
            part++;
            partFrom = at + 1;
        }

        private static boolean isHeader(String part) {
            try {
                String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
                return json.contains("\"alg\"");
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private void goOnWithoutEnd(int at) {
            if (endless) {
                findings.more(rule, at, at + 1);
            } else {
                endless = true;
                findings.begun(rule, from, at + 1);
            }
        }

        private void decide(int at) {
            boolean claims = part > 1 || (part == 1 && at - partFrom >= LEAST);
            if (!endless && claims) {
                findings.found(rule, from, window.at(at - 1) == '.' ? at - 1 : at);
            }
            from = NONE;
        }

        @Override
        void end(int at) {
            if (from == NONE) {
                return;
            }
            if (!endless && part == 1 && at > partFrom) {
                findings.found(rule, from, at);
                from = NONE;
            } else {
                decide(at);
            }
        }

        @Override
        int undecidedFrom() {
            return endless ? NONE : from;
        }
    }
}
