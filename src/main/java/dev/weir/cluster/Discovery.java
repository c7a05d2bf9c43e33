package dev.weir.cluster;

import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a node finds the others of its cluster. Multicast is never used. Immutable. */
sealed interface Discovery {

    /** It has no others. */
    record Alone() implements Discovery {
        @Override
        public void configure(JoinConfig join) {
            // nothing is looked for
        }
    }

    /**
     * They are at known places.
     *
     * @param places addresses with or without a port; at least one
     */
    record Members(List<String> places) implements Discovery {

        public Members {
            places = List.copyOf(places);
        }

        /** Those that may be on this machine: at the first ports from this one on. */
        static Members here(String host, int firstPort) {
            List<String> places = new ArrayList<>();
            for (int port = firstPort; port < firstPort + PORTS_TRIED; port++) {
                places.add(host + ":" + port);
            }
            return new Members(places);
        }

        @Override
        public void configure(JoinConfig join) {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setConnectionTimeoutSeconds(2)
                    .setMembers(places);
        }
    }

    /**
     * Kubernetes knows them, by the addresses that a headless service's name has in the DNS.
     *
     * @param port where they listen
     */
    record KubernetesDns(String service, int port) implements Discovery {
        @Override
        public void configure(JoinConfig join) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", service)
                    .setProperty("service-port", Integer.toString(port));
        }
    }

    /**
     * Kubernetes knows them, by the endpoints that its API tells of a service. The pod's account must be allowed to ask.
     *
     * @param namespace empty for the pod's own
     */
    record KubernetesApi(String service, Optional<String> namespace, int port) implements Discovery {
        @Override
        public void configure(JoinConfig join) {
            KubernetesConfig kubernetes = join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-name", service)
                    .setProperty("service-port", Integer.toString(port));
            namespace.ifPresent(it -> kubernetes.setProperty("namespace", it));
        }
    }

    /**
     * On how many ports of a machine others are looked for. Nodes that were parted try one after the other, five seconds each, so
     * more would keep them apart for longer; a node on a later port finds those on the first.
     */
    int PORTS_TRIED = 4;

    void configure(JoinConfig join);
}
