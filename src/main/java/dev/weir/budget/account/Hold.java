package dev.weir.budget.account;

import java.io.Serializable;

/**
 * What is set aside for one answer.
 *
 * @param owner the id of the node that writes it
 * @param generation grows with each node that takes the answer over
 * @param until when it comes back by itself, in milliseconds since 1970
 */
record Hold(long amount, String owner, long generation, long until) implements Serializable {

    private static final long serialVersionUID = 1;
}
