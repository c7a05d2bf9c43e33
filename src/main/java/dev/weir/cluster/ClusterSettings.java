package dev.weir.cluster;

import dev.weir.model.NodeRoles;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a node listens for others, and which others are its own.
 *
 * @param name of the cluster; empty for one that follows from the database
 * @param host the address to listen on
 * @param port the first port to try
 * @param discovery empty: others on this machine are looked for when the database can be shared, and nobody when not
 * @param address where browsers reach this node, without a slash at the end; empty when nobody is to be told
 * @param capacity the most events in a room's hot tail
 * @param silence after how many seconds without a sign of life a node counts as gone
 */
record ClusterSettings(
        Optional<String> name,
        String host,
        int port,
        String publicAddress,
        Optional<String> outboundPorts,
        Optional<Discovery> discovery,
        String address,
        int capacity,
        int silence) {

    private static final int SILENCE = 3;

    /** What a node holds of budgets lasts longer. */
    private static final int LONGEST_SILENCE = 8;

    private static final String KUBERNETES = "weir.cluster.kubernetes.";

    /** A node without others. */
    static ClusterSettings alone(String name, String host, int port, int capacity) {
        return new ClusterSettings(
                Optional.of(name),
                host,
                port,
                host,
                Optional.empty(),
                Optional.of(new Discovery.Alone()),
                "",
                capacity,
                SILENCE);
    }

    /**
     * Reads {@code weir.cluster.*}, {@code weir.node.address} and {@code weir.log.capacity}. A node that carries no clients
     * tells no address.
     *
     * @param config gives the value of a key; empty when it isn't set
     * @throws IllegalArgumentException when a value makes no sense; the message says which, and what does
     */
    static ClusterSettings read(Function<String, Optional<String>> config) {
        Function<String, Optional<String>> set =
                key -> config.apply(key).map(String::strip).filter(it -> !it.isEmpty());
        int port = set.apply("weir.cluster.port")
                .map(it -> number("weir.cluster.port", it, 1, 65_535))
                .orElse(5701);
        String host = set.apply("weir.cluster.host").orElse("127.0.0.1");
        return new ClusterSettings(
                set.apply("weir.cluster.name"),
                host,
                port,
                set.apply("weir.cluster.public-address").orElse(host),
                set.apply("weir.cluster.outbound-ports").map(ClusterSettings::ports),
                discovery(set, port),
                set.apply("weir.node.address")
                        .map(ClusterSettings::address)
                        .filter(it -> carriesClients(set))
                        .orElse(""),
                set.apply("weir.log.capacity")
                        .map(it -> number("weir.log.capacity", it, 1, Integer.MAX_VALUE))
                        .orElse(4096),
                set.apply("weir.cluster.silence").map(ClusterSettings::silence).orElse(SILENCE));
    }

    private static boolean carriesClients(Function<String, Optional<String>> set) {
        return set.apply("weir.node.roles")
                .map(NodeRoles::parse)
                .orElse(NodeRoles.BOTH)
                .edge();
    }

    /** What to look for, of a node whose database other nodes can use as well, or can't. */
    Discovery discovery(boolean sharedDatabase) {
        return discovery.orElseGet(() -> sharedDatabase ? Discovery.Members.here(host, port) : new Discovery.Alone());
    }

    /** Whether nodes on other machines are looked for, and none of them can reach this one. */
    boolean isOutOfReach() {
        return isHere(host)
                && discovery
                        .filter(it -> switch (it) {
                            case Discovery.Alone alone -> false;
                            case Discovery.Members members ->
                                !members.places().stream().allMatch(ClusterSettings::isHere);
                            case Discovery.KubernetesDns dns -> !isHere(dns.service());
                            case Discovery.KubernetesApi api -> true;
                        })
                        .isPresent();
    }

    private static boolean isHere(String place) {
        return place.startsWith("127.") || place.startsWith("localhost") || place.startsWith("[::1]");
    }

    private static Optional<Discovery> discovery(Function<String, Optional<String>> set, int port) {
        Optional<String> members = set.apply("weir.cluster.members");
        Optional<String> dns = set.apply(KUBERNETES + "service-dns");
        Optional<String> service = set.apply(KUBERNETES + "service-name");
        if (List.of(members, dns, service).stream().filter(Optional::isPresent).count() > 1) {
            throw new IllegalArgumentException("Set only one of weir.cluster.members, " + KUBERNETES
                    + "service-dns and " + KUBERNETES + "service-name.");
        }
        return members.<Discovery>map(ClusterSettings::members)
                .or(() -> dns.map(it -> new Discovery.KubernetesDns(it, port)))
                .or(() ->
                        service.map(it -> new Discovery.KubernetesApi(it, set.apply(KUBERNETES + "namespace"), port)));
    }

    private static String ports(String text) {
        if (!text.matches("[0-9]{1,5}-[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "weir.cluster.outbound-ports is " + text + ". Use a range, such as 34700-34720.");
        }
        return text;
    }

    private static Discovery members(String text) {
        List<String> places = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        return places.equals(List.of("none")) ? new Discovery.Alone() : new Discovery.Members(places);
    }

    private static String address(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            // refused below
        }
        throw new IllegalArgumentException("weir.node.address is " + text
                + ". Use the address at which browsers reach this node, such as https://one.example.org.");
    }

    private static int silence(String text) {
        try {
            Duration silence = Duration.parse(text);
            long seconds = silence.toSeconds();
            if (silence.equals(Duration.ofSeconds(seconds)) && seconds >= SILENCE && seconds <= LONGEST_SILENCE) {
                return (int) seconds;
            }
        } catch (DateTimeParseException e) {
            // refused below
        }
        throw new IllegalArgumentException("weir.cluster.silence is %s. Use whole seconds from PT%dS to PT%dS."
                .formatted(text, SILENCE, LONGEST_SILENCE));
    }

    private static int number(String key, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new IllegalArgumentException(key + " is " + text + ". Use a number from " + least + " to " + most + ".");
    }
}
