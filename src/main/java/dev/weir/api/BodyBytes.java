package dev.weir.api;

import dev.weir.room.Refusal;
import dev.weir.room.Refusal.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Takes in the body of a request, as far and as long as a client may send. */
public final class BodyBytes {

    /** How long a body may take; the server itself gives up on one of which nothing comes for half a minute. */
    private static final Duration SLOWEST = Duration.ofMinutes(2);

    private static final int PIECE = 16 * 1024;

    private BodyBytes() {}

    /**
     * Reads to the end. Blocks.
     *
     * @param most how many bytes there may be
     * @throws Refusal when there are more, when they do not come in time, or not at all
     */
    public static byte[] read(InputStream in, int most) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long deadline = System.nanoTime() + SLOWEST.toNanos();
        try {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                body.write(piece, 0, length);
                if (body.size() > most) {
                    throw new Refusal(Code.TOO_LARGE, "The body has at most " + most + " bytes.");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            throw tooSlow();
        }
        return body.toByteArray();
    }

    private static Refusal tooSlow() {
        return new Refusal(Code.TOO_SLOW, "The body did not arrive, or not in time. Send it again.");
    }
}
