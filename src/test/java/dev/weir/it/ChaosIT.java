package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Nodes come to harm while they answer, and nobody who reads or asks notices more than a pause. The seed is another one
 * each time, and printed; {@code -Dweir.chaos.seed} sets it, {@code -Dweir.chaos.seconds} for how long, {@code ./weir bench
 * chaos} does the same for minutes.
 */
final class ChaosIT {

    @Test
    void every_answer_is_whole_and_once_for_every_reader_whatever_happens_to_a_node() throws Exception {
        long seed = Long.getLong("weir.chaos.seed", System.nanoTime() & 0xffff_ffffL);
        var extent = Chaos.Extent.configured(Duration.ofSeconds(Integer.getInteger("weir.chaos.seconds", 75)));
        try (Chaos chaos = new Chaos(seed, extent)) {
            ChaosJournal journal = chaos.run();

            assertThat(journal.faults()).as(journal::report).isZero();
        }
    }
}
