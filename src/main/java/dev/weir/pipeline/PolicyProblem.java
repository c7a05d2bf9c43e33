package dev.weir.pipeline;

import java.util.List;

/** A policy can't be in force as it stands. */
public final class PolicyProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /**
     * What is wrong with one part of a policy.
     *
     * @param interceptor its name; empty when it is the order that is wrong
     * @param key of the setting; empty when it is no setting
     * @param detail what is wrong and what to do, one or two plain sentences
     */
    public record Fault(String interceptor, String key, String detail) {}

    PolicyProblem(List<Fault> faults) {
        super(faults.stream()
                .map(Fault::detail)
                .reduce((one, other) -> one + " " + other)
                .orElse(""));
        this.faults = List.copyOf(faults);
    }

    /** At least one. */
    public List<Fault> faults() {
        return faults;
    }
}
