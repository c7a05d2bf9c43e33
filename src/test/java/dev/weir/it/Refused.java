package dev.weir.it;

/** A WebSocket that the server did not open, with the status it gave. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, Throwable cause) {
        super("The WebSocket was refused with status " + status, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
