package dev.weir.pipeline.bench;

import java.util.ArrayList;
import java.util.List;

/** Lays what went into a stage beside what came out of it, so that each place of the one has a place of the other. */
final class Alignment {

    /** So many equal characters say that the two are side by side again. */
    private static final int ANCHOR = 6;

    /** The longest change that is looked across, in characters of both together. */
    private static final int WINDOW = 1_000;

    /** Pieces that are equal, or take each other's place. */
    private record Piece(int in, int inEnd, int out, int outEnd) {}

    private final List<Piece> pieces = new ArrayList<>();

    Alignment(String in, String out) {
        int i = 0;
        int o = 0;
        while (i < in.length() || o < out.length()) {
            int same = same(in, i, out, o);
            if (same > 0) {
                add(i, i + same, o, o + same);
                i += same;
                o += same;
            } else {
                Piece changed = changed(in, i, out, o);
                pieces.add(changed);
                i = changed.inEnd();
                o = changed.outEnd();
            }
        }
    }

    private void add(int in, int inEnd, int out, int outEnd) {
        pieces.add(new Piece(in, inEnd, out, outEnd));
    }

    private static int same(String in, int i, String out, int o) {
        int length = 0;
        while (i + length < in.length()
                && o + length < out.length()
                && in.charAt(i + length) == out.charAt(o + length)) {
            length++;
        }
        return length;
    }

    /** The shortest change after which the two are side by side again; all the rest when there is none. */
    private static Piece changed(String in, int i, String out, int o) {
        for (int both = 1; both <= WINDOW; both++) {
            for (int ahead = Math.max(0, both - (out.length() - o));
                    ahead <= both && i + ahead <= in.length();
                    ahead++) {
                if (meets(in, i + ahead, out, o + both - ahead)) {
                    return new Piece(i, i + ahead, o, o + both - ahead);
                }
            }
        }
        return new Piece(i, in.length(), o, out.length());
    }

    private static boolean meets(String in, int i, String out, int o) {
        boolean bothEnd = i == in.length() && o == out.length();
        boolean rest = in.length() - i == out.length() - o && in.length() - i < ANCHOR;
        return bothEnd || in.regionMatches(i, out, o, rest ? in.length() - i : ANCHOR);
    }

    /** How much had gone in for what had come out: the end of the input that so much output accounts for. */
    int inputFor(int output) {
        int end = 0;
        for (Piece it : pieces) {
            if (output < it.outEnd()) {
                return Math.max(end, inside(it, output));
            }
            if (it.out() < it.outEnd()) {
                end = it.inEnd();
            }
        }
        return end;
    }

    private static int inside(Piece piece, int output) {
        if (output <= piece.out()) {
            return piece.in();
        }
        long share = (long) (output - piece.out()) * (piece.inEnd() - piece.in()) / (piece.outEnd() - piece.out());
        return piece.in() + (int) share;
    }
}
