package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Totals;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory.Sum;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageCsvTest {

    private static final String FIGURES = "answers,input-tokens,cached-input-tokens,output-tokens,reasoning-tokens,usd";

    private final UsageCsv csv = new UsageCsv(id -> id.equals("u1") ? "Ada, \"the first\"" : "", id -> "=Acme");

    @Test
    void has_a_line_of_names_and_one_for_each_sum() {
        Totals totals = new Totals(2, 10, 4, 20, 5, 1_250_003, 0);

        String text = csv.table(
                        List.of(UsageBy.DAY, UsageBy.USER, UsageBy.ORGANISATION),
                        List.of(
                                new Sum(List.of("2026-02-28", "u1", "o1"), totals),
                                new Sum(List.of("2026-02-28", "gone", "o1"), Totals.ZERO)))
                .toString();
        assertThat(text).endsWith("\r\n");
        assertThat(text.split("\r\n", -1))
                .startsWith(
                        "day,user,user-name,org,org-name," + FIGURES,
                        "2026-02-28,u1,\"Ada, \"\"the first\"\"\",o1,'=Acme,2,10,4,20,5,1.250003",
                        "2026-02-28,gone,,o1,'=Acme,0,0,0,0,0,0")
                .hasSize(4);
        assertThat(csv.table(List.of(), List.of(new Sum(List.of(), totals)))
                        .toString()
                        .split("\r\n", -1))
                .containsExactly(FIGURES, "2,10,4,20,5,1.250003", "");
    }
}
