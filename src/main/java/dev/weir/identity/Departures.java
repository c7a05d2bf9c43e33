package dev.weir.identity;

/** Those who hold something of a user and have to let go of it when the account is deleted. */
public interface Departures {

    /** The account has been deleted. */
    void left(User user);
}
