package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.it.WeirClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

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
        page.press("Reset Mode of length to inherited").press("Save").awaitSaid("Saved.");
        assertThat(policy()).doesNotContain("mode");
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
