package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Budgets in the console, and what a user's page says of them meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetsBrowserIT {

    private final WeirServer server = WeirServer.start(Map.of(
            "weir.budget.wait", "PT5M",
            "weir.interceptors.redact.mode", "off",
            "weir.interceptors.safety.mode", "off"));
    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");
    private final Browser admins = Browser.start();
    private final Browser annas = Browser.start();

    @AfterEach
    void console_has_no_errors() {
        assertThat(admins.errors()).isEmpty();
        assertThat(annas.errors()).isEmpty();
    }

    @AfterAll
    void close() {
        admins.close();
        annas.close();
        server.close();
    }

    private String address() {
        return server.uri("").toString();
    }

    private ConsolePage console(String path) {
        ConsolePage page = ConsolePage.open(admins, address(), path);
        admins.untilTrue("its scripts", it -> !admins.all(".side .icon").isEmpty());
        return page;
    }

    private void choose(String field, String value) {
        admins.one("[id='" + field + "'] option[value='" + value + "']").click();
    }

    private void assertFits(String state) {
        for (int width : new int[] {360, 1280}) {
            admins.size(width, 800);
            assertThat(admins.scrollsSideways()).as("%s at %d px", state, width).isFalse();
        }
        admins.assertAccessible(state);
    }

    private void awaitSpent(String part) {
        annas.untilTrue("spent: " + part, it -> annas.one("#spent").getText().contains(part));
    }

    @Test
    void a_budget_is_made_used_up_raised_looked_into_and_deleted() {
        admins.signInAs(admin, address());
        annas.signInAs(anna, address());
        ConsolePage page = console("budgets");
        assertThat(admins.one("#budgets").getText()).contains("There are no budgets yet");
        assertFits("budgets, none");

        make(page);
        String room = useUp();
        raise();
        ChatPage chat = new ChatPage(annas).awaitPhase("complete");
        assertThat(chat.answer()).endsWith("word200");
        assertOwnConsumption();
        assertThat(room).isNotEmpty();

        changeAndLookWho();
        simulate();
        pauseAndDelete();
    }

    private void make(ConsolePage page) {
        page.press("New budget");
        page.write("budget:limit", "12,50").press("Make it");
        assertThat(page.complaint("budget:name")).isEqualTo("Give the budget a name.");
        assertThat(page.complaint("budget:limit")).contains("at most six decimals");
        admins.assertAccessible("dialog: new budget with mistakes");
        page.write("budget:name", "Anna’s words").write("budget:user", "nobody-at-all");
        choose("budget:unit", "output-tokens");
        page.write("budget:limit", "60").press("Make it");
        admins.untilTrue(
                "what is wrong with the user",
                it -> page.complaint("budget:user").contains("Nobody signs in as nobody-at-all"));
        page.write("budget:user", "anna").press("Make it").awaitSaid("in force now");
        page.awaitNoDialog().awaitRow("Anna’s words");
        assertThat(page.rows().getFirst()).contains("0 of 60 output tokens, a month", "user anna", "in force");
    }

    /** Has Anna's answer use all that there is, and wait for more. */
    private String useUp() {
        String room = anna.room("upstream");
        ChatPage chat = ChatPage.open(annas, address(), room);
        awaitSpent("0 % used");
        chat.ask("[[words=200 pace=5]]");
        annas.untilTrue(
                "that it waits",
                it -> annas.all(".notice").stream()
                        .anyMatch(notice -> notice.getText().contains("waits")));
        awaitSpent("Used up");
        annas.assertAccessible("chat with a budget that is used up");
        return room;
    }

    private void raise() {
        ConsolePage page = console("budgets");
        assertThat(page.rows().getFirst()).contains("used up", "set aside");
        assertFits("budgets");
        page.press("Raise the limit of Anna’s words");
        assertThat(admins.one("[id='raise:limit']").getAttribute("value")).isEqualTo("60");
        assertThat(admins.one("dialog[open]").getText()).contains("Anna’s words: 60 output tokens, a month");
        page.write("raise:limit", "-5").press("Set it");
        assertThat(page.complaint("raise:limit")).contains("whole number");
        admins.assertAccessible("dialog: another limit");
        page.write("raise:limit", "5000").press("Set it").awaitSaid("is 5,000 output tokens now");
        page.awaitNoDialog();
    }

    private void assertOwnConsumption() {
        annas.untilTrue("what is settled", it -> annas.one("#spent").getText().matches("[1-9]\\d? % used"));
        annas.one("#spent").click();
        annas.untilTrue(
                "the figures",
                it -> annas.one(".spent-budgets").getText().contains("of 5,000 tokens written a month used")
                        && annas.one(".spent-sums").getText().contains("1 answer"));
        assertThat(annas.one(".spent-budgets").getText()).contains("Anna’s words", "yours alone", "Begins anew on");
        annas.size(360, 740);
        assertThat(annas.scrollsSideways()).isFalse();
        annas.assertAccessible("dialog: what you have used");
        annas.named("dialog[open]", "Close").click();
        annas.size(1280, 800);
    }

    private void changeAndLookWho() {
        admins.named("main", "Anna’s words").click();
        admins.one("[id='change:limit']");
        ConsolePage page = new ConsolePage(admins);
        page.write("change:limit", "much").press("Save");
        assertThat(page.complaint("change:limit")).contains("whole number");
        page.write("change:limit", "6000");
        choose("change:at", "degrade");
        page.press("Save");
        assertThat(page.complaint("change:other")).contains("Choose the model");
        choose("change:other", "quick");
        page.write("change:percent", "90").press("Save").awaitSaid("Saved.");
        page.awaitRow("at the limit cut → degrade:quick@0.9");
        assertThat(page.rows())
                .anySatisfy(it -> assertThat(it).contains("admin", "changed", "limit 60 → 5000 output-tokens"));
        assertThat(page.rows()).anySatisfy(it -> assertThat(it).contains("admin", "made"));
        assertFits("one budget");
    }

    private void simulate() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String days = "&from=" + today.minusDays(1) + "&to=" + today.plusDays(1);
        ConsolePage page = console("simulation?what=draft&unit=output-tokens&limit=1.5&period=day&user=anna" + days);
        assertThat(admins.one("#limit-problem").getText()).contains("whole number");
        admins.assertAccessible("simulation with a mistake");
        page.write("limit", "50").press("Show");
        admins.untilTrue("its figures", it -> !admins.all("#simulated").isEmpty());
        assertThat(admins.one("#cut").getText()).isEqualTo("1");
        assertThat(page.rows().getFirst()).contains("50", today.getYear() + ", ");
        assertThat(admins.one("main").getText()).contains("They would have cost", "less", "What this supposes");
        assertFits("simulation");
        console("simulation?what=present" + days);
        assertThat(admins.one("#cut").getText()).isEqualTo("0");
        assertThat(admins.one("main").getText()).contains("Anna’s words", "6,000");
    }

    private void pauseAndDelete() {
        ConsolePage page = console("budgets");
        page.press("Pause Anna’s words").press("Pause").awaitRow("paused");
        assertThat(admin.get("/api/budgets?as=csv").body()).contains("Anna’s words", ",paused,");
        admins.assertAccessible("budgets, one paused");
        page.press("Resume Anna’s words").press("Resume").awaitSaid("in force again");
        String id = admins.one("[data-budget]").getAttribute("data-budget");
        page.press("Delete Anna’s words").press("Delete").awaitSaid("was deleted");
        admins.untilTrue("none", it -> admins.one("#budgets").getText().contains("There are no budgets yet"));
        ConsolePage gone = console("budget?id=" + id);
        gone.awaitRow("deleted");
        assertThat(gone.title()).isEqualTo("A budget that is gone");
        assertThat(gone.rows()).hasSizeGreaterThanOrEqualTo(6);
        annas.driver().navigate().refresh();
        annas.untilTrue("no word of it", it -> !annas.all("#model:enabled").isEmpty());
        annas.untilTrue("no word of it", it -> annas.all("#spent:not([hidden])").isEmpty());
    }
}
