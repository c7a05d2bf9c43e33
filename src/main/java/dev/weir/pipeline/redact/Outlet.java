package dev.weir.pipeline.redact;

/** What comes out of an {@link Engine}, in the order of the text. */
interface Outlet {

    /** Text that is as it was. */
    void pass(String text);

    /**
     * Text that a rule found, in the place of which something else may come.
     *
     * @param action what is to be done, which is stricter than the rule's own where several rules found something
     * @param value what it was
     */
    void found(Rule rule, Action action, String value);
}
