package dev.weir.pipeline;

import java.util.List;

/** The policies that one room of one organisation is under. */
public record Layers(Policy installation, Policy organisation, Policy room) {

    /** No policy says anything. */
    public static final Layers NONE = new Layers(Policy.NONE, Policy.NONE, Policy.NONE);

    /** A policy and where it stands. */
    record Layer(Origin origin, Policy policy) {}

    /** From the widest to the narrowest. */
    List<Layer> layers() {
        return List.of(
                new Layer(Origin.INSTALLATION, installation),
                new Layer(Origin.ORGANISATION, organisation),
                new Layer(Origin.ROOM, room));
    }

    public Policy of(Scope.Kind kind) {
        return switch (kind) {
            case INSTALLATION -> installation;
            case ORGANISATION -> organisation;
            case ROOM -> room;
        };
    }

    /** The same with another policy in one place. */
    public Layers with(Scope.Kind kind, Policy other) {
        return switch (kind) {
            case INSTALLATION -> new Layers(other, organisation, room);
            case ORGANISATION -> new Layers(installation, other, room);
            case ROOM -> new Layers(installation, organisation, other);
        };
    }
}
