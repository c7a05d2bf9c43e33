package dev.weir.upstream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One thing the fake provider does. Steps that come before the first byte happen before the response's headers. */
sealed interface Step {

    /** Sends a chunk with this text. */
    record Delta(String text) implements Step {}

    /** Sends the same chunk many times. */
    record Deltas(String text, int times, Duration pace) implements Step {}

    /** Sends these bytes of the body as they are. */
    record Raw(String text) implements Step {}

    /** Sends the reason for the end. */
    record Finish(String reason) implements Step {}

    /** Sends usage figures in a chunk of their own, as OpenAI does. */
    record Usage(int input, int cached, int output, int reasoning) implements Step {}

    /** Sends the status line and the headers now. */
    record Open() implements Step {}

    record Pause(Duration time) implements Step {}

    /** Does nothing until the latch is open. */
    record Hold(CountDownLatch latch) implements Step {}

    /** Does nothing until {@link FakeUpstream#release} or {@code POST /control/release/NAME}. */
    record HoldNamed(String name) implements Step {}

    /** Ends the body properly and keeps the connection. */
    record End() implements Step {}

    /** Closes the connection in the middle of the body. */
    record Close() implements Step {}

    /** Resets the connection (TCP RST). */
    record Reset() implements Step {}
}
