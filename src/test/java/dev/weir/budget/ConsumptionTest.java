package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Consumption.By;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ConsumptionTest {

    private final BudgetRig rig = new BudgetRig(InstantSource.system());
    private final Consumption consumption = rig.consumption;
    private int opened;

    private Ledger.Account open(Payer payer) {
        return rig.ledger.admit(new Ledger.Asked("a" + opened++, payer, Tariff.FREE, 0, 0, Usage.NOTHING));
    }

    private static Payer payer(String user, String room) {
        return new Payer("org", user, room, "fast");
    }

    @Test
    void adds_up_by_user_organisation_room_and_model() {
        open(payer("ada", "r1")).settle(new Usage(10, 4, 20, 5, 80, false), Outcome.COMPLETE);
        open(payer("ben", "r1")).settle(new Usage(1, 2, 3, true), Outcome.BLOCKED);
        Ledger.Account running = open(payer("ada", "r2"));
        running.running(7);
        running.running(9);

        assertThat(consumption.totals(By.USER))
                .containsEntry("ada", new Totals(1, 10, 4, 20, 5, 80, 9))
                .containsEntry("ben", new Totals(1, 1, 0, 2, 0, 3, 0));
        assertThat(consumption.totals(By.ROOM).get("r2")).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 9));
        assertThat(consumption.totals(By.ORGANISATION)).containsEntry("org", new Totals(2, 11, 4, 22, 5, 83, 9));
        assertThat(consumption.totals(By.MODEL)).containsOnlyKeys("fast");
    }

    @Test
    void settles_an_account_once() {
        Ledger.Account account = open(payer("ada", "r1"));
        account.settle(new Usage(1, 1, 5, true), Outcome.STOPPED);
        account.settle(new Usage(1, 1, 5, true), Outcome.COMPLETE);
        assertThat(consumption.totals(By.USER)).containsEntry("ada", new Totals(1, 1, 0, 1, 0, 5, 0));
    }

    @Test
    void keeps_no_more_than_it_may_and_forgets_who_was_idle() {
        for (int i = 0; i <= Consumption.MOST; i++) {
            open(payer("often", "r" + i)).settle(new Usage(1, 1, 1, true), Outcome.COMPLETE);
        }
        assertThat(consumption.totals(By.ROOM)).hasSize(Consumption.MOST).doesNotContainKey("r0");
        long all = Consumption.MOST + 1L;
        assertThat(consumption.totals(By.USER)).containsEntry("often", new Totals(all, all, 0, all, 0, all, 0));
    }
}
