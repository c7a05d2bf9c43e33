package dev.weir.turn;

/** Which node this is, for the rows of the turns it runs. */
public interface NodeId {

    /** New at every start of the node, and whenever it joins again after the others went on without it. */
    String id();
}
