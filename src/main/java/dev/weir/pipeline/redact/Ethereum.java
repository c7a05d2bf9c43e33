package dev.weir.pipeline.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Ethereum addresses (EIP-55): a letter is a capital when the digit in its place of the address's Keccak-256 is 8 or more. */
final class Ethereum {

    private static final int LENGTH = 42;
    private static final int RATE = 136;
    private static final int[] ROTATIONS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private Ethereum() {}

    /** @param word 0x and hexadecimal digits */
    static boolean isAddress(String word) {
        if (word.length() != LENGTH) {
            return false;
        }
        String digits = word.substring(2);
        String lower = digits.toLowerCase(Locale.ROOT);
        return digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT)) || hasRightCase(digits, lower);
    }

    private static boolean hasRightCase(String digits, String lower) {
        byte[] hash = keccak256(lower.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length(); i++) {
            int high = (hash[i / 2] >> (i % 2 == 0 ? 7 : 3)) & 1;
            if (Character.isLetter(digits.charAt(i)) && Character.isUpperCase(digits.charAt(i)) != (high == 1)) {
                return false;
            }
        }
        return true;
    }

    /** The original Keccak, padded with 0x01; SHA3-256 of the JDK pads with 0x06. For less than {@link #RATE} bytes. */
    private static byte[] keccak256(byte[] message) {
        byte[] block = Arrays.copyOf(message, RATE);
        block[message.length] ^= 0x01;
        block[RATE - 1] ^= (byte) 0x80;
        long[] state = new long[25];
        for (int i = 0; i < RATE; i++) {
            state[i / 8] ^= (block[i] & 0xffL) << (8 * (i % 8));
        }
        permute(state);
        byte[] hash = new byte[32];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
        }
        return hash;
    }

    /** Keccak-f[1600], FIPS 202, 3.3. */
    private static void permute(long[] state) {
        int register = 1;
        for (int round = 0; round < 24; round++) {
            mixColumns(state);
            rotateLanes(state);
            mixRows(state);
            for (int j = 0; j < 7; j++) {
                register = ((register << 1) ^ ((register >> 7) * 0x71)) & 0xff;
                if ((register & 2) != 0) {
                    state[0] ^= 1L << ((1 << j) - 1);
                }
            }
        }
    }

    private static void mixColumns(long[] state) {
        long[] parity = new long[5];
        for (int i = 0; i < 25; i++) {
            parity[i % 5] ^= state[i];
        }
        for (int i = 0; i < 25; i++) {
            state[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void rotateLanes(long[] state) {
        long moved = state[1];
        for (int i = 0; i < 24; i++) {
            long next = state[LANES[i]];
            state[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
            moved = next;
        }
    }

    private static void mixRows(long[] state) {
        for (int row = 0; row < 25; row += 5) {
            long[] old = Arrays.copyOfRange(state, row, row + 5);
            for (int i = 0; i < 5; i++) {
                state[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
            }
        }
    }
}
