package dev.weir.model;

/** A model that other nodes have: what this one knows of it, and no way to ask it. */
public record ServedElsewhere(ModelSpec spec) implements StreamingModel {

    @Override
    public Upstream ask(Prompt prompt, Listener listener) {
        throw new IllegalStateException(spec.name() + " is asked by the nodes that have it, not by this one.");
    }
}
