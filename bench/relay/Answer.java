package relay;

/**
 * One answer as the client receives it: every character is compared with what was sent, and every delta's way timed. For
 * one thread.
 */
final class Answer {

    private final Prose prose;
    private final SendTimes times;
    private final Samples delays;
    private final long asked;
    private int stream;
    private int characters;
    private int delta;
    private long first = -1;
    private String problem = "";
    private boolean ended;

    /** @param delays takes the nanoseconds that each delta was on its way */
    Answer(Prose prose, SendTimes times, Samples delays) {
        this.prose = prose;
        this.times = times;
        this.delays = delays;
        this.asked = System.nanoTime();
    }

    /**
     * Takes the content of a JSON string.
     *
     * @return where its closing quote stands
     */
    int take(byte[] bytes, int from, long now) {
        if (first < 0 && bytes[from] != '"') {
            first = now;
        }
        int at = from;
        while (bytes[at] != '"') {
            int b = bytes[at++];
            if (b == '\\') {
                at = escape(bytes, at);
            } else if (b >= 0) {
                character((char) b);
            } else {
                at = wide(bytes, at - 1);
            }
        }
        while (delta < prose.deltas() && characters >= prose.ends[delta]) {
            delays.add(now - times.of(stream, delta++));
        }
        return at;
    }

    private int escape(byte[] bytes, int at) {
        byte b = bytes[at];
        if (b == 'u') {
            character((char)
                    Integer.parseInt(new String(bytes, at + 1, 4, java.nio.charset.StandardCharsets.US_ASCII), 16));
            return at + 5;
        }
        character(
                switch (b) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    default -> (char) b;
                });
        return at + 1;
    }

    /** A character of two to four bytes of UTF-8. */
    private int wide(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        int code = first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            code = code << 6 | bytes[at + i] & 0x3f;
        }
        if (code < 0x10000) {
            character((char) code);
        } else {
            character(Character.highSurrogate(code));
            character(Character.lowSurrogate(code));
        }
        return at + more + 1;
    }

    private void character(char c) {
        if (characters >= Prose.MARK) {
            if (characters >= prose.length() || prose.text.charAt(characters - Prose.MARK) != c) {
                fail("another text than was sent, at character " + characters);
            }
        } else if (c >= '0' && c <= '9') {
            stream = stream * 10 + c - '0';
        }
        characters++;
    }

    /** The answer says that it is complete. */
    void end() {
        ended = true;
        if (characters != prose.length()) {
            fail(characters + " characters instead of " + prose.length());
        }
    }

    void fail(String what) {
        if (problem.isEmpty()) {
            problem = what;
        }
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** Empty when all of it came, character for character. */
    String problem() {
        return problem;
    }

    /** Nanoseconds from asking to the first character; -1 when none came. */
    long firstAfter() {
        return first < 0 ? -1 : first - asked;
    }
}
