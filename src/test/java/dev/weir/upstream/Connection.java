package dev.weir.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of a client. One thread reads all the time, and so knows at once when the client goes; the other
 * answers.
 */
final class Connection {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String DONE = "data: [DONE]\n\n";

    private final FakeUpstream upstream;
    private final Socket socket;
    private final long number = NUMBERS.incrementAndGet();
    private final LinkedBlockingQueue<Wire.Request> asked = new LinkedBlockingQueue<>();
    private final Thread responder =
            Thread.ofVirtual().name("fake-upstream-responder").unstarted(this::respond);
    private volatile boolean answering;

    Connection(FakeUpstream upstream, Socket socket) {
        this.upstream = upstream;
        this.socket = socket;
    }

    void start() {
        Thread.ofVirtual().name("fake-upstream-reader").start(this::read);
        responder.start();
    }

    boolean answering() {
        return answering;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Gone either way.
        }
    }

    private void read() {
        try {
            socket.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                asked.add(Wire.read(in));
            }
        } catch (IOException e) {
            upstream.gone(this, answering);
            responder.interrupt();
            close();
        }
    }

    private void respond() {
        try {
            while (!socket.isClosed()) {
                Wire.Request request = asked.take();
                answering = true;
                answer(request);
                answering = false;
            }
        } catch (IOException | InterruptedException e) {
            // The client went; the reader has noted it.
        } finally {
            close();
        }
    }

    private void answer(Wire.Request request) throws IOException, InterruptedException {
        Response response = new Response(upstream, socket.getOutputStream());
        if (request.path().endsWith("/chat/completions") || request.path().endsWith("/moderations")) {
            play(upstream.scriptFor(request, number), response);
        } else if (request.path().endsWith("/models")) {
            response.plain(200, "{\"object\":\"list\",\"data\":[{\"id\":\"fake\",\"object\":\"model\"}]}");
        } else if (request.path().equals("/control/state")) {
            response.plain(200, upstream.state());
        } else if (request.path().startsWith("/control/release/")) {
            upstream.release(request.path().substring("/control/release/".length()));
            response.plain(200, "{}");
        } else if (request.path().equals("/control/forget")) {
            upstream.forget();
            response.plain(200, "{}");
        } else {
            response.plain(404, "{\"error\":{\"message\":\"no such path\"}}");
        }
    }

    private void play(Script script, Response response) throws IOException, InterruptedException {
        response.begin(script);
        int whole = whole(script.steps);
        for (Step step : script.steps.subList(0, whole)) {
            play(step, response);
        }
        answering = false;
        for (Step step : script.steps.subList(whole, script.steps.size())) {
            play(step, response);
        }
        response.end();
    }

    /** After how many steps only the end is still to be told: a client may go as soon as it knows of it. */
    private static int whole(List<Step> steps) {
        int whole = steps.size();
        while (whole > 0 && tellsTheEnd(steps.get(whole - 1))) {
            whole--;
        }
        return whole;
    }

    private static boolean tellsTheEnd(Step step) {
        return switch (step) {
            case Step.Raw raw -> raw.text().equals(DONE);
            case Step.End end -> true;
            default -> false;
        };
    }

    private void play(Step step, Response response) throws IOException, InterruptedException {
        switch (step) {
            case Step.Delta delta -> response.body(Wire.delta(delta.text()));
            case Step.Deltas many -> repeat(many, response);
            case Step.Raw raw -> response.body(raw.text());
            case Step.Finish finish -> response.body(Wire.finish(finish.reason()));
            case Step.Usage usage -> response.body(Wire.usage(usage));
            case Step.Open open -> response.open();
            case Step.Pause pause -> Thread.sleep(pause.time());
            case Step.Hold hold -> hold.latch().await();
            case Step.HoldNamed hold -> upstream.gate(hold.name()).await();
            case Step.End end -> response.end();
            case Step.Close close -> hangUp(false);
            case Step.Reset reset -> hangUp(true);
        }
    }

    private static void repeat(Step.Deltas many, Response response) throws IOException, InterruptedException {
        String chunk = Wire.delta(many.text());
        for (int i = 0; i < many.times(); i++) {
            response.body(chunk);
            if (!many.pace().isZero()) {
                Thread.sleep(many.pace());
            }
        }
    }

    /** Ends the connection from our side, which is not the client's closing. */
    private void hangUp(boolean reset) throws IOException, InterruptedException {
        answering = false;
        if (reset) {
            socket.setSoLinger(true, 0);
        } else {
            socket.shutdownOutput();
        }
        socket.close();
        throw new SocketException("hung up");
    }
}
