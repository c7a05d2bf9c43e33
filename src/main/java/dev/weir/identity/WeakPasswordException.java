package dev.weir.identity;

/** A password was refused because it is easily guessed; the message says why, without the password. */
public final class WeakPasswordException extends IllegalArgumentException {

    WeakPasswordException(String message) {
        super(message);
    }
}
