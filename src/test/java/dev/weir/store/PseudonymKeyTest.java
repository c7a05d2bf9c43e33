package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PseudonymKeyTest {

    @Test
    void makes_one_key_for_the_installation() {
        try (Database database = Engine.H2.started()) {
            byte[] first = new JdbiPseudonymKey(database, Optional.empty()).bytes();

            assertThat(first).hasSize(32);
            assertThat(new JdbiPseudonymKey(database, Optional.of(" ")).bytes()).isEqualTo(first);
        }
    }

    @Test
    void takes_the_key_of_the_configuration() {
        try (Database database = Engine.H2.started()) {
            assertThat(new JdbiPseudonymKey(database, Optional.of("k".repeat(32))).bytes())
                    .containsOnly('k')
                    .hasSize(32);
            assertThatThrownBy(() -> new JdbiPseudonymKey(database, Optional.of("short")).bytes())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("weir.redact.pseudonym-key");
        }
    }
}
