package dev.weir.turn;

/** No node is there that could ask the model. */
public final class NotServed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param model its name in the catalogue; empty when there is no model at all */
    public NotServed(String model) {
        super(
                model.isEmpty()
                        ? "No server that runs models can be reached right now. Please try again in a moment."
                        : "No server that runs " + model + " can be reached right now. Please try again in a moment,"
                                + " or ask another model.");
    }

    /** What is wrong and what to do, for the user who asked. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
