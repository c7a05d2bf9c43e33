package dev.weir.pipeline;

/** Gives the policies that are in force. Thread-safe. */
@FunctionalInterface
public interface Policies {

    /** No policy says anything: only the configuration counts. */
    Policies NONE = (organisation, room) -> Layers.NONE;

    /**
     * The policies of a room whose answer is asked for on behalf of an organisation, as they are now. Asked once for each
     * turn: out of memory, unless a policy has changed.
     *
     * @param organisation its id; empty for none
     * @param room its id; empty for none
     * @throws PolicyUnknown when they can't be read and were never known
     */
    Layers of(String organisation, String room);
}
