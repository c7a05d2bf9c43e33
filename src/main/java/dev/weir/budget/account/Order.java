package dev.weir.budget.account;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account is told to do. Each may come twice, late or in another order: that changes nothing.
 *
 * @param kind what to do
 * @param hold the id of the hold
 * @param owner the id of the node that asks
 * @param generation of the hold's owner
 * @param amount what is to be held in all, or the bill
 * @param least for {@link Kind#HOLD}: when not even so much can be held in all, the order is refused and changes nothing
 * @param holds for {@link Kind#RENEW}: the ids of the holds that their owner still needs
 * @param now what time it is, in milliseconds since 1970
 * @param until when the hold comes back by itself
 * @param terms of the budget as the node that asks knows it
 * @param seed what the account begins with, where nobody remembers it
 */
public record Order(
        Kind kind,
        String hold,
        String owner,
        long generation,
        long amount,
        long least,
        List<String> holds,
        long now,
        long until,
        Terms terms,
        @Nullable Seed seed)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** What can be done. */
    public enum Kind {
        /** Have so much held for an answer in all; a hold never shrinks by it. */
        HOLD,
        /** End a hold, and charge the bill. */
        SETTLE,
        /** Keep holds for longer. */
        RENEW,
        /** Take over the terms, and tell how things stand. */
        LOOK
    }

    public static Order hold(
            String hold, String owner, long generation, long amount, long least, long now, long until, Terms terms) {
        return new Order(Kind.HOLD, hold, owner, generation, amount, least, List.of(), now, until, terms, null);
    }

    public static Order settle(String hold, String owner, long generation, long bill, long now, Terms terms) {
        return new Order(Kind.SETTLE, hold, owner, generation, bill, 0, List.of(), now, now, terms, null);
    }

    public static Order renew(List<String> holds, String owner, long now, long until, Terms terms) {
        return new Order(Kind.RENEW, "", owner, 0, 0, 0, holds, now, until, terms, null);
    }

    public static Order look(long now, Terms terms) {
        return new Order(Kind.LOOK, "", "", 0, 0, 0, List.of(), now, now, terms, null);
    }

    /** The same, for an account that nobody remembers. */
    public Order with(Seed begin) {
        return new Order(kind, hold, owner, generation, amount, least, holds, now, until, terms, begin);
    }
}
