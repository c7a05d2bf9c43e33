package dev.weir.telemetry;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.StringWriter;

/** An answer whose text is kept back until there is more to add. */
final class Captured extends HttpServletResponseWrapper {

    private final StringWriter text = new StringWriter();
    private final PrintWriter writer = new PrintWriter(text);

    Captured(HttpServletResponse response) {
        super(response);
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    /** Nothing is sent before all of it is there. */
    @Override
    public void flushBuffer() {
        writer.flush();
    }

    /** What was written to its writer. */
    String text() {
        writer.flush();
        return text.toString();
    }
}
