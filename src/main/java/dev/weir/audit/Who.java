package dev.weir.audit;

/**
 * Who did something.
 *
 * @param user their id; empty for nobody who is known
 * @param organisation its id; empty for none
 */
public record Who(String user, String organisation) {

    /** Somebody who is not known. */
    public static final Who NOBODY = new Who("", "");

    /** The installation itself. */
    public static final Who WEIR = new Who("weir", "");
}
