package dev.weir.pipeline.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text that comes piece by piece into blocks. What comes out depends on the text alone, not on how it was cut, and
 * never later than it can be known by complete lines. Linear in the text, whatever it is. Not thread-safe.
 */
public final class BlockSplitter {

    /**
     * The most characters held back. A block that gets longer is released in pieces, marked as partial; a line that gets
     * longer is taken for what its first so many characters are.
     */
    public static final int MAX_HELD = 8192;

    private final int most;
    private final List<Block> out = new ArrayList<>();
    private final Structure structure = new Structure(out);
    private final StringBuilder line = new StringBuilder();
    /** Whether the line ends, perhaps with a line feed that is still to come. */
    private boolean returned;
    /** Whether the beginning of this line has been released. */
    private boolean begun;

    public BlockSplitter() {
        this(MAX_HELD);
    }

    /** @param most the most characters held back, 2 at least */
    BlockSplitter(int most) {
        this.most = most;
    }

    /** The characters that are held back now. */
    public int held() {
        return structure.held() + line.length();
    }

    /** Takes the next piece of the text and gives the blocks that it made complete, mostly none. */
    public List<Block> feed(String text) {
        int at = 0;
        while (at < text.length()) {
            at = returned ? afterReturn(text, at) : append(text, at);
            if (!returned && held() >= most) {
                overflow();
            }
        }
        return taken();
    }

    /** The text ends here: everything that is held is released. */
    public List<Block> end() {
        if (!line.isEmpty()) {
            endLine();
        }
        begun = false;
        structure.end();
        return taken();
    }

    private List<Block> taken() {
        if (out.isEmpty()) {
            return List.of();
        }
        List<Block> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    private int afterReturn(String text, int at) {
        boolean pair = text.charAt(at) == '\n';
        if (pair) {
            line.append('\n');
        }
        endLine();
        return pair ? at + 1 : at;
    }

    /** Appends up to the end of the line or what may be held. */
    private int append(String text, int from) {
        int to = Math.min(text.length(), from + Math.max(1, most - held()));
        int at = lineEnd(text, from, to);
        boolean ends = at < to;
        int taken = ends ? at + 1 : at;
        line.append(from == 0 && taken == text.length() ? text : text.substring(from, taken));
        if (ends && text.charAt(at) == '\n') {
            endLine();
        } else if (ends) {
            returned = true;
        }
        return taken;
    }

    private static int lineEnd(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private void endLine() {
        String raw = line.toString();
        line.setLength(0);
        returned = false;
        if (begun) {
            begun = false;
            structure.more(raw);
        } else {
            structure.line(withoutEnd(raw), raw);
        }
    }

    static String withoutEnd(String raw) {
        int end = raw.length();
        end -= raw.endsWith("\n") ? 1 : 0;
        end -= end > 0 && raw.charAt(end - 1) == '\r' ? 1 : 0;
        return raw.substring(0, end);
    }

    /** Too much is held: first the lines before this one go, then what there is of this one. */
    private void overflow() {
        if (structure.held() > 0) {
            structure.releaseHeld();
            return;
        }
        int end = Character.isHighSurrogate(line.charAt(line.length() - 1)) ? line.length() - 1 : line.length();
        String part = line.substring(0, end);
        line.delete(0, end);
        if (begun) {
            structure.more(part);
        } else {
            begun = true;
            structure.line(part, part);
            structure.releaseHeld();
        }
    }
}
