package dev.weir.budget;

/**
 * Whose answers count in a budget: those that fit every field that is not empty. All empty: every answer.
 *
 * @param user an id, as the others; a model's is its name in the catalogue
 */
public record Reach(String user, String organisation, String key, String room, String model) {

    /** Every answer of the installation. */
    public static final Reach ALL = new Reach("", "", "", "", "");

    public static Reach ofUser(String id) {
        return new Reach(id, "", "", "", "");
    }

    public static Reach ofOrganisation(String id) {
        return new Reach("", id, "", "", "");
    }

    public static Reach ofModel(String name) {
        return new Reach("", "", "", "", name);
    }

    /** Whether an answer of this payer counts. */
    public boolean covers(Payer payer) {
        return fits(user, payer.user())
                && fits(organisation, payer.organisation())
                && fits(key, payer.key())
                && fits(room, payer.room())
                && fits(model, payer.model());
    }

    private static boolean fits(String wanted, String actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }
}
