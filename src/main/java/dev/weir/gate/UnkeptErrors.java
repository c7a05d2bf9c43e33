package dev.weir.gate;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Lets a file be kept but not the news that it is missing. */
final class UnkeptErrors extends HttpServletResponseWrapper {

    UnkeptErrors(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void sendError(int status) throws IOException {
        Protection.neverKeep(this);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        Protection.neverKeep(this);
        super.sendError(status, message);
    }

    @Override
    public void setStatus(int status) {
        if (status >= SC_BAD_REQUEST) {
            Protection.neverKeep(this);
        }
        super.setStatus(status);
    }
}
