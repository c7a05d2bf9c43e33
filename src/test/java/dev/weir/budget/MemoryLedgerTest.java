package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryLedger.By;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {

    private final MemoryLedger ledger = new MemoryLedger();

    private static Payer payer(String user, String room) {
        return new Payer("org", user, room, "fast");
    }

    @Test
    void adds_up_by_user_organisation_room_and_model() {
        ledger.open(payer("ada", "r1")).settle(new Usage(10, 4, 20, 5, 80, false), Outcome.COMPLETE);
        ledger.open(payer("ben", "r1")).settle(new Usage(1, 2, 3, true), Outcome.BLOCKED);
        Ledger.Account running = ledger.open(payer("ada", "r2"));
        running.running(7);
        running.running(9);

        assertThat(ledger.totals(By.USER))
                .containsEntry("ada", new Totals(1, 10, 4, 20, 5, 80, 9))
                .containsEntry("ben", new Totals(1, 1, 0, 2, 0, 3, 0));
        assertThat(ledger.totals(By.ROOM).get("r2")).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 9));
        assertThat(ledger.totals(By.ORGANISATION)).containsEntry("org", new Totals(2, 11, 4, 22, 5, 83, 9));
        assertThat(ledger.totals(By.MODEL)).containsOnlyKeys("fast");
    }

    @Test
    void settles_an_account_once() {
        Ledger.Account account = ledger.open(payer("ada", "r1"));
        account.settle(new Usage(1, 1, 5, true), Outcome.STOPPED);
        account.settle(new Usage(1, 1, 5, true), Outcome.COMPLETE);
        assertThat(ledger.totals(By.USER)).containsEntry("ada", new Totals(1, 1, 0, 1, 0, 5, 0));
    }

    @Test
    void keeps_no_more_than_it_may_and_forgets_who_was_idle() {
        for (int i = 0; i <= MemoryLedger.MOST; i++) {
            ledger.open(payer("often", "r" + i)).settle(new Usage(1, 1, 1, true), Outcome.COMPLETE);
        }
        assertThat(ledger.totals(By.ROOM)).hasSize(MemoryLedger.MOST).doesNotContainKey("r0");
        long all = MemoryLedger.MOST + 1L;
        assertThat(ledger.totals(By.USER)).containsEntry("often", new Totals(all, all, 0, all, 0, all, 0));
    }
}
