package dev.weir.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One response being written, its body in HTTP chunks. */
final class Response {

    private final FakeUpstream upstream;
    private final OutputStream out;
    private Script script = Script.begin();
    private boolean open;
    private boolean ended;

    Response(FakeUpstream upstream, OutputStream out) {
        this.upstream = upstream;
        this.out = out;
    }

    void begin(Script script) {
        this.script = script;
    }

    void open() throws IOException {
        if (open) {
            return;
        }
        open = true;
        StringBuilder head = new StringBuilder("HTTP/1.1 " + script.status + " Fake\r\nTransfer-Encoding: chunked\r\n");
        script.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    void body(String text) throws IOException {
        open();
        byte[] bytes = text.replace("\n", script.lineEnd).getBytes(StandardCharsets.UTF_8);
        if (script.everyByteAlone) {
            for (byte b : bytes) {
                chunk(new byte[] {b});
            }
        } else {
            chunk(bytes);
        }
    }

    private void chunk(byte[] bytes) throws IOException {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, whole, 0, size.length);
        System.arraycopy(bytes, 0, whole, size.length, bytes.length);
        whole[whole.length - 2] = '\r';
        whole[whole.length - 1] = '\n';
        write(whole);
    }

    void end() throws IOException {
        open();
        if (!ended) {
            ended = true;
            write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    void plain(int status, String json) throws IOException {
        begin(Script.status(status, json));
        body(json);
        end();
    }

    /** In pieces, so that what is counted as written was really taken. */
    private void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += 16_384) {
            int count = Math.min(16_384, bytes.length - from);
            out.write(bytes, from, count);
            upstream.wrote(count);
        }
        out.flush();
    }
}
