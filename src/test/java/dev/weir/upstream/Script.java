package dev.weir.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * What the fake provider does with one request: the steps in order, then, unless one of them ended the body, a proper end
 * of it. Built by chaining; not for use from several threads while it is built.
 */
public final class Script {

    int status = 200;
    boolean everyByteAlone;
    String lineEnd = "\n";
    final Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "text/event-stream"));
    final List<Step> steps = new ArrayList<>();

    private Script() {}

    /** A script that does nothing yet. */
    public static Script begin() {
        return new Script();
    }

    /** A whole good answer: these deltas, the end, {@code [DONE]}. */
    public static Script answer(String... deltas) {
        return begin().deltas(deltas).finish("stop").done();
    }

    /** A refusal, or any other plain response. */
    public static Script status(int status, String body) {
        Script script = begin().header("Content-Type", "application/json").raw(body);
        script.status = status;
        return script;
    }

    public Script header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Every byte in a TCP segment of its own. */
    public Script everyByteAlone() {
        everyByteAlone = true;
        return this;
    }

    /** How lines end, instead of LF. */
    public Script lineEnd(String end) {
        lineEnd = end;
        return this;
    }

    public Script deltas(String... texts) {
        for (String text : texts) {
            steps.add(new Step.Delta(text));
        }
        return this;
    }

    public Script repeat(String text, int times, Duration pace) {
        return step(new Step.Deltas(text, times, pace));
    }

    public Script comment(String text) {
        return raw(": " + text + "\n\n");
    }

    /** One {@code data:} event with this content. */
    public Script data(String json) {
        return raw("data: " + json + "\n\n");
    }

    /** An error object in place of a chunk. */
    public Script error(String message) {
        return data(Wire.json(Map.of("error", Map.of("message", message, "type", "server_error"))));
    }

    public Script raw(String text) {
        return step(new Step.Raw(text));
    }

    public Script finish(String reason) {
        return step(new Step.Finish(reason));
    }

    public Script usage(int input, int output) {
        return step(new Step.Usage(input, 0, output, 0));
    }

    /** With details as OpenAI gives them. */
    public Script usage(int input, int cached, int output, int reasoning) {
        return step(new Step.Usage(input, cached, output, reasoning));
    }

    public Script done() {
        return data("[DONE]");
    }

    /** Sends the headers before anything else asks for them. */
    public Script open() {
        return step(new Step.Open());
    }

    public Script pause(Duration time) {
        return step(new Step.Pause(time));
    }

    public Script hold(CountDownLatch latch) {
        return step(new Step.Hold(latch));
    }

    /** Holds until {@link FakeUpstream#release(String)}. */
    public Script hold(String name) {
        return step(new Step.HoldNamed(name));
    }

    /** Holds for good. */
    public Script hang() {
        return hold(new CountDownLatch(1));
    }

    public Script end() {
        return step(new Step.End());
    }

    public Script close() {
        return step(new Step.Close());
    }

    public Script reset() {
        return step(new Step.Reset());
    }

    Script step(Step step) {
        steps.add(step);
        return this;
    }
}
