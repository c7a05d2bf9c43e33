package dev.weir.cluster;

import static dev.weir.cluster.TestNodes.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

    @Test
    void looks_for_nobody_when_nobody_can_share_the_database() {
        assertThat(settings(Map.of()).discovery(false)).isEqualTo(new Discovery.Alone());
    }

    @Test
    void looks_on_this_machine_when_the_database_can_be_shared() {
        Discovery found = settings(Map.of("weir.cluster.port", "7000")).discovery(true);

        assertThat(found)
                .isEqualTo(new Discovery.Members(
                        List.of("127.0.0.1:7000", "127.0.0.1:7001", "127.0.0.1:7002", "127.0.0.1:7003")));
    }

    @Test
    void a_node_that_carries_no_clients_tells_no_address() {
        String address = "http://localhost:8081";

        assertThat(settings(Map.of("weir.node.address", address)).address()).isEqualTo(address);
        assertThat(settings(Map.of("weir.node.address", address, "weir.node.roles", "edge"))
                        .address())
                .isEqualTo(address);
        assertThat(settings(Map.of("weir.node.address", address, "weir.node.roles", "inference"))
                        .address())
                .isEmpty();
    }

    @Test
    void looks_where_it_is_told_to_whatever_the_database() {
        assertThat(settings(Map.of("weir.cluster.members", "a, b:9 ,")).discovery(false))
                .isEqualTo(new Discovery.Members(List.of("a", "b:9")));
        assertThat(settings(Map.of("weir.cluster.members", "none")).discovery(true))
                .isEqualTo(new Discovery.Alone());
    }

    @Test
    void asks_kubernetes_when_it_is_told_to() {
        assertThat(settings(Map.of("weir.cluster.kubernetes.service-dns", "nodes.weir.svc"))
                        .discovery(false))
                .isEqualTo(new Discovery.KubernetesDns("nodes.weir.svc", 5701));
        assertThat(settings(Map.of(
                                "weir.cluster.kubernetes.service-name",
                                "nodes",
                                "weir.cluster.kubernetes.namespace",
                                "chat"))
                        .discovery(true))
                .isEqualTo(new Discovery.KubernetesApi("nodes", Optional.of("chat"), 5701));
    }

    @Test
    void notices_that_nodes_elsewhere_could_not_reach_it() {
        assertThat(settings(Map.of("weir.cluster.members", "10.0.0.1,10.0.0.2")).isOutOfReach())
                .isTrue();
        assertThat(settings(Map.of("weir.cluster.kubernetes.service-dns", "weir-nodes"))
                        .isOutOfReach())
                .isTrue();
        assertThat(settings(Map.of("weir.cluster.members", "10.0.0.1,10.0.0.2", "weir.cluster.host", "10.0.0.1"))
                        .isOutOfReach())
                .isFalse();
        assertThat(settings(Map.of("weir.cluster.members", "127.0.0.1:5701,127.0.0.1:5702"))
                        .isOutOfReach())
                .isFalse();
        assertThat(settings(Map.of()).isOutOfReach()).isFalse();
    }

    @Test
    void refuses_two_ways_at_once() {
        assertThatThrownBy(() ->
                        settings(Map.of("weir.cluster.members", "a", "weir.cluster.kubernetes.service-dns", "nodes")))
                .hasMessageContaining("Set only one of");
    }

    @Test
    void refuses_what_is_no_port() {
        assertThatThrownBy(() -> settings(Map.of("weir.cluster.port", "70000")))
                .hasMessage("weir.cluster.port is 70000. Use a number from 1 to 65535.");
    }

    @Test
    void waits_for_silent_nodes_as_long_as_is_set_within_bounds() {
        assertThat(settings(Map.of()).silence()).isEqualTo(3);
        assertThat(settings(Map.of("weir.cluster.silence", "PT8S")).silence()).isEqualTo(8);
        for (String wrong : List.of("PT2S", "PT9S", "PT3.5S", "5")) {
            assertThatThrownBy(() -> settings(Map.of("weir.cluster.silence", wrong)))
                    .hasMessage("weir.cluster.silence is " + wrong + ". Use whole seconds from PT3S to PT8S.");
        }
    }

    @Test
    void takes_only_an_address_that_a_browser_can_go_to() {
        assertThat(settings(Map.of("weir.node.address", "https://one.example.org/chat/"))
                        .address())
                .isEqualTo("https://one.example.org/chat");
        for (String wrong :
                List.of("one.example.org", "ftp://one", "http://me:secret@one", "http://one?a", "http://")) {
            assertThatThrownBy(() -> settings(Map.of("weir.node.address", wrong)))
                    .as(wrong)
                    .hasMessageContaining("weir.node.address is");
        }
    }

    @Test
    void takes_only_a_range_of_outbound_ports() {
        assertThat(settings(Map.of("weir.cluster.outbound-ports", "34700-34720"))
                        .outboundPorts())
                .hasValue("34700-34720");
        assertThatThrownBy(() -> settings(Map.of("weir.cluster.outbound-ports", "many")))
                .hasMessageContaining("34700-34720");
    }

    @Test
    void is_reached_where_it_listens_unless_it_says_otherwise() {
        assertThat(settings(Map.of("weir.cluster.host", "10.0.0.7")).publicAddress())
                .isEqualTo("10.0.0.7");
        assertThat(settings(Map.of("weir.cluster.public-address", "203.0.113.7:5701"))
                        .publicAddress())
                .isEqualTo("203.0.113.7:5701");
    }
}
