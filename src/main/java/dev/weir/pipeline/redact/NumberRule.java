package dev.weir.pipeline.redact;

/** Says which groups of digits are a number of one kind. */
interface NumberRule {

    Rule rule();

    /** Whether the groups from one to another, both included, are one. */
    boolean matches(NumberGroups groups, int first, int last);

    /** Where the text begins that is to be removed. */
    default int from(NumberGroups groups, int first, int last) {
        return groups.start(first);
    }
}
