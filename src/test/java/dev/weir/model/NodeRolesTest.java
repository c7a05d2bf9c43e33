package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRolesTest {

    @Test
    void reads_what_a_node_is_there_for() {
        assertThat(NodeRoles.parse("inference")).isEqualTo(new NodeRoles(true, false));
        assertThat(NodeRoles.parse(" edge ")).isEqualTo(new NodeRoles(false, true));
        assertThat(NodeRoles.parse("edge, inference")).isEqualTo(NodeRoles.BOTH);
        for (String words : new String[] {"inference", "edge", "inference,edge"}) {
            assertThat(NodeRoles.parse(words).words()).isEqualTo(words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "both", "Edge", "inference,", "inference,edges"})
    void refuses_what_is_no_role(String text) {
        assertThatThrownBy(() -> NodeRoles.parse(text))
                .isInstanceOf(InvalidNodeRoles.class)
                .hasMessage("weir.node.roles is “" + text + "”. Use inference, edge, or both: inference,edge.");
    }
}
