package dev.weir.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What a node is there for; at least one of the two.
 *
 * @param inference it runs turns, and has the models and their keys
 * @param edge it carries clients
 */
public record NodeRoles(boolean inference, boolean edge) {

    public static final NodeRoles BOTH = new NodeRoles(true, true);

    private static final String KEY = "weir.node.roles";
    private static final String INFERENCE = "inference";
    private static final String EDGE = "edge";

    /**
     * The roles that the configuration gives this node; both when it says nothing.
     *
     * @throws InvalidNodeRoles when there is a mistake in it
     */
    public static NodeRoles of(Config config) {
        return config.getOptionalValue(KEY, String.class).map(NodeRoles::parse).orElse(BOTH);
    }

    /**
     * Reads a list of roles as {@link #words} writes it.
     *
     * @throws InvalidNodeRoles when it names anything else, or nothing
     */
    public static NodeRoles parse(String text) {
        Set<String> named =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet());
        Optional<String> unknown = named.stream()
                .filter(it -> !List.of(INFERENCE, EDGE).contains(it))
                .findFirst();
        if (unknown.isPresent()) {
            throw new InvalidNodeRoles(
                    KEY + " is “" + text.strip() + "”. Use inference, edge, or both: inference,edge.");
        }
        return new NodeRoles(named.contains(INFERENCE), named.contains(EDGE));
    }

    /** {@code inference}, {@code edge} or {@code inference,edge}. */
    public String words() {
        return inference && edge ? INFERENCE + "," + EDGE : inference ? INFERENCE : EDGE;
    }
}
