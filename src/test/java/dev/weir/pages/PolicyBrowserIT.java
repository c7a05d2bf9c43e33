package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.it.WeirClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The interceptors of a room in the console, and the bench. */
class PolicyBrowserIT extends Screen {

    private static final String FIELD = "set-length-max-characters";

    private final WeirClient admin = server.client("admin");
    private final String room = anna.room("quick");

    @BeforeEach
    void sign_in_as_administrator() {
        browser.signInAs(admin, address());
    }

    @AfterEach
    void as_it_was_again() {
        admin.call("DELETE", "/api/interceptors/policies/rooms/" + room, null);
        browser.size(1280, 800);
        browser.prefer("light");
    }

    private ConsolePage console(String path) {
        ConsolePage page = ConsolePage.open(browser, address(), path);
        browser.untilTrue("its scripts", it -> !browser.all("main .icon").isEmpty());
        return page;
    }

    private String policy() throws IOException {
        String body = admin.get("/api/interceptors/policies/rooms/" + room).body();
        return new ObjectMapper().readTree(body).path("policy").toString();
    }

    /** Waits for it: what is said after a save may still be there from the one before. */
    private void awaitPolicy(String expected) {
        browser.untilTrue(expected, it -> {
            try {
                return policy().equals(expected);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Of the policy that the page shows. */
    private String version() {
        return String.valueOf(browser.all("input[name='version']").getFirst().getDomAttribute("value"));
    }

    private void choose(String field, String value) {
        browser.one("[id='" + field + "'] option[value='" + value + "']").click();
    }

    private String around(String field) {
        WebElement around = browser.one(".policy-field:has([id='" + field + "'])");
        return around.getText();
    }

    @Test
    void a_setting_and_a_mode_are_said_for_a_room_and_inherited_again() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);
        assertThat(around(FIELD)).contains("inherited", "from").doesNotContain("said here");

        page.write(FIELD, "many").press("Save").awaitSaid("Nothing was saved");
        assertThat(around(FIELD)).contains("This is a whole number");
        assertThat(policy()).isEqualTo("{\"interceptors\":{}}");
        browser.assertAccessible("interceptors with a mistake");

        page.write(FIELD, "4000");
        choose("mode-length", "report");
        page.press("Save").awaitSaid("Saved.");
        assertThat(around(FIELD)).contains("said here", "inherited would be");
        assertThat(policy())
                .isEqualTo(
                        "{\"interceptors\":{\"length\":{\"mode\":\"report\",\"settings\":{\"max-characters\":\"4000\"}}}}");
        assertThat(browser.one(".scope-places").getText()).contains(room);

        browser.script("document.getElementById('mode-length').scrollIntoView({block: 'center'})");
        String before = version();
        page.press("Reset Mode of length to inherited").press("Save");
        awaitPolicy("{\"interceptors\":{\"length\":{\"settings\":{\"max-characters\":\"4000\"}}}}");
        browser.untilTrue("the page of what was saved", it -> !version().equals(before));
        page.press("Inherit everything").press("Inherit").awaitSaid("inherited now");
        assertThat(policy()).isEqualTo("{\"interceptors\":{}}");
    }

    @Test
    void what_the_organisation_locks_is_shown_and_not_offered() throws IOException {
        String organisation = "/api/interceptors/policies/organisations/default";
        admin.call("PUT", organisation, "{\"interceptors\":{\"length\":{\"locked\":true}}}");
        try {
            console("interceptors?room=" + room);

            assertThat(browser.one("[data-name=length]").getText()).contains("locked by the organisation");
            assertThat(browser.all("[id='" + FIELD + "']")).isEmpty();
            browser.assertAccessible("interceptors with a lock");
        } finally {
            admin.call("DELETE", organisation, null);
        }
    }

    @Test
    void an_interceptor_is_not_moved_past_where_it_may_stand() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);

        page.press("Move length up");

        browser.untilTrue(
                "why",
                it -> String.valueOf(browser.one("#status").getAttribute("textContent"))
                        .contains("meter"));
        assertThat(browser.all("#stations [data-name]").stream().map(it -> it.getAttribute("data-name")))
                .containsSubsequence("meter", "length");
        page.press("Save").awaitSaid("Saved.");
        assertThat(policy()).isEqualTo("{\"interceptors\":{}}");
    }

    private List<String> order() {
        return browser.all("#stations [data-name]").stream()
                .map(it -> String.valueOf(it.getAttribute("data-name")))
                .toList();
    }

    private String status() {
        return String.valueOf(browser.one("#status").getAttribute("textContent"));
    }

    /** Drags an interceptor by its handle into the upper half of another one. */
    private void drag(String name, String onto) {
        WebElement handle = browser.one("[data-name=" + name + "] .handle");
        WebElement target = browser.one("[data-name=" + onto + "]");
        browser.script("arguments[0].scrollIntoView({block: 'start'})", target);
        Actions mouse = new Actions(browser.driver());
        mouse.moveToElement(handle).clickAndHold().moveByOffset(0, -5);
        int up = 8 - target.getSize().getHeight() / 2;
        mouse.moveToElement(target, 0, up).moveByOffset(1, 1).release().perform();
    }

    @Test
    void an_interceptor_is_dragged_to_another_place_and_the_order_is_kept() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);
        assertThat(order()).containsSubsequence("meter", "length", "safety");

        drag("safety", "length");

        browser.untilTrue("the order", it -> order().indexOf("safety") < order().indexOf("length"));
        page.press("Save").awaitSaid("Saved.");
        assertThat(policy()).startsWith("{\"order\":[\"meter\",\"safety\",\"length\",");
        page.press("Reset the order to inherited").press("Save");
        awaitPolicy("{\"interceptors\":{}}");
    }

    @Test
    void what_is_dragged_past_metering_stays_where_it_is_and_the_page_says_why() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);
        List<String> before = order();

        drag("length", "meter");

        browser.untilTrue("why", it -> status().contains("length stays on this side of meter"));
        assertThat(order()).isEqualTo(before);
        page.press("Save").awaitSaid("Saved.");
        assertThat(policy()).isEqualTo("{\"interceptors\":{}}");
    }

    @Test
    void an_order_that_may_not_be_is_refused_whatever_the_page_sends() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);
        browser.script("const field = document.getElementById('order-field');"
                + "field.querySelector('[name=\"order\"]').value = 'length,audit,meter,redact';"
                + "field.querySelector('[name=\"own.order\"]').value = 'true';");

        page.press("Save").awaitSaid("Nothing was saved");

        assertThat(browser.one("#order-problem").getText()).contains("must come");
        assertThat(policy()).isEqualTo("{\"interceptors\":{}}");
    }

    @Test
    void who_saves_after_somebody_else_is_told_and_sees_how_it_stands() throws IOException {
        ConsolePage page = console("interceptors?room=" + room);
        admin.call(
                "PUT",
                "/api/interceptors/policies/rooms/" + room,
                "{\"interceptors\":{\"length\":{\"settings\":{\"max-characters\":\"4000\"}}}}");

        page.write(FIELD, "5000").press("Save").awaitSaid("Somebody else has changed this policy");

        assertThat(browser.one("#changed-meanwhile").getText()).contains("make your change there");
        assertThat(browser.one("[id='" + FIELD + "']").getAttribute("value")).isEqualTo("4000");
        assertThat(around(FIELD)).contains("said here");
        assertThat(policy()).contains("4000");
        browser.assertAccessible("interceptors changed by somebody else");

        page.write(FIELD, "5000").press("Save").awaitSaid("Saved.");
        assertThat(browser.all("#changed-meanwhile")).isEmpty();
        assertThat(policy()).contains("5000");
    }

    @Test
    void a_room_is_not_offered_to_switch_off_metering_and_audit() {
        console("interceptors?room=" + room);

        for (String name : List.of("meter", "audit")) {
            assertThat(browser.one("[data-name=" + name + "]").getText()).contains("locked by the installation");
            assertThat(browser.all("[id='mode-" + name + "']")).isEmpty();
        }
        console("interceptors");
        assertThat(browser.one("[name='lock.audit']").isSelected()).isTrue();
        assertThat(browser.all("[id='mode-audit']")).hasSize(1);
    }

    @Test
    void a_text_is_tried_and_shown_delta_by_delta() {
        admin.call(
                "PUT",
                "/api/interceptors/policies/rooms/" + room,
                "{\"interceptors\":{\"length\":{\"settings\":{\"max-characters\":8}}}}");
        ConsolePage page = console("bench?room=" + room).press("Run");
        assertThat(page.complaint("bench:text")).contains("Paste a text");

        page.write("bench:text", "One two three");
        choose("bench:how", "cuts");
        page.write("bench:cuts", "3, 7").press("Run");
        browser.untilTrue("the trial", it -> !browser.all("#steps").isEmpty());

        assertThat(page.rows()).hasSize(3);
        assertThat(page.rows().get(1)).contains(" two");
        assertThat(page.rows().get(2)).contains("length", "blocked", "max-characters");
        assertThat(browser.one("#trial-text").getText()).isEqualTo("One two ");
        assertThat(browser.one(".trial-ending").getText()).contains("Blocked by length");
        for (String look : new String[] {"light", "dark"}) {
            browser.prefer(look);
            browser.assertAccessible("bench: " + look);
        }
        browser.size(360, 740);
        assertThat(browser.scrollsSideways()).isFalse();
    }

    @Test
    void a_text_is_cut_by_clicking_between_its_characters() {
        ConsolePage page = console("bench");
        choose("bench:how", "cuts");
        page.write("bench:text", "abcdef");

        browser.one("#strip [data-at='2']").click();

        browser.untilTrue(
                "the cut",
                it -> String.valueOf(browser.one("[id='bench:cuts']").getAttribute("value"))
                        .matches("2|3"));
        page.press("Run");
        browser.untilTrue("the trial", it -> !browser.all("#steps").isEmpty());
        assertThat(page.rows()).hasSize(3);
    }

    @Test
    void too_many_deltas_are_refused_in_words() {
        ConsolePage page = console("bench");
        browser.script("document.getElementById('bench:text').value = 'x'.repeat(2001)");
        choose("bench:how", "one");

        page.press("Run");

        assertThat(page.complaint("bench:how")).contains("2,001 deltas");
    }
}
