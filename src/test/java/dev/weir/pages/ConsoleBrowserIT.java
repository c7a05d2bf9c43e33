package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.Script;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The console as an administrator uses it. */
class ConsoleBrowserIT extends Screen {

    private final WeirClient admin = server.client("admin");
    private final String unique = Ids.next().substring(0, 8);

    @BeforeEach
    void sign_in_as_administrator() {
        browser.signInAs(admin, address());
    }

    @AfterEach
    void wide_again() {
        browser.size(1280, 800);
    }

    private ConsolePage console(String path) {
        return ConsolePage.open(browser, address(), path);
    }

    @Test
    void a_live_turn_is_watched_and_stopped() {
        String room = anna.room("upstream");
        Script script = Script.begin().deltas("A word ", "and another. ");
        script.hold("watched");
        server.upstream().answer(script.deltas("Never seen.").finish("stop").done());
        ConsolePage page = console("").awaitLive();

        anna.prompt(room, "Tell me a riddle.");

        page.awaitRow(room);
        browser.untilTrue(
                "its deltas",
                it -> browser.all("#turns [data-cell=deltas]").stream()
                        .anyMatch(cell -> cell.getText().equals("2")));
        assertThat(page.rows()).anySatisfy(it -> assertThat(it).contains("Anna", "upstream", room, "writing"));
        assertThat(browser.one("main").getText()).doesNotContain("riddle", "A word");

        page.press("Stop the turn of Anna with upstream").awaitNoRow(room);

        server.upstream().release("watched");
        browser.signInAs(anna, address());
        ChatPage chat = ChatPage.open(browser, address(), room).awaitPhase("stopped");
        assertThat(chat.outcome()).contains("Administrator");
        assertThat(chat.answer()).contains("A word and another.").doesNotContain("Never");
    }

    @Test
    void a_failed_turn_shows_among_the_errors_and_in_the_models_health() {
        String room = anna.room("upstream");
        server.upstream().answer(Script.begin().deltas("Half").reset());
        console("").awaitLive();

        anna.prompt(room, "Break off.");

        browser.untilTrue("the error", it -> browser.one("#failures").getText().contains(room));
        console("models");
        assertThat(browser.one("[aria-labelledby=model-upstream] .health").getText())
                .contains("failed");
        assertThat(browser.one("[aria-labelledby=model-upstream]").getText())
                .contains("$1 in, $2 out", "Key", "set")
                .doesNotContain(WeirServer.API_KEY);
    }

    @Test
    void a_model_is_tried_in_a_room_of_ones_own() {
        console("models").press("Try it");
        browser.one("#try-ask").click();

        browser.untilTrue("its figures", it -> browser.all("#try-figures a").size() == 1);

        assertThat(browser.one("#try-answer").getText()).isNotBlank();
        browser.one("#try-figures a").click();
        assertThat(new ChatPage(browser).awaitLink("Live").title()).startsWith("Trying");
    }

    @Test
    void a_key_is_made_shown_once_and_revoked() {
        ConsolePage page = console("keys").press("New key").press("Make the key");
        assertThat(page.complaint("key:name")).isEqualTo("Give the key a name.");
        page.write("key:name", "Reports " + unique)
                .write("key:owner", "nobody-" + unique)
                .press("Make the key");
        assertThat(page.complaint("key:owner")).contains("Nobody signs in as");
        page.write("key:owner", "anna").press("Make the key");
        String secret = page.secret();
        WeirClient program = WeirClient.anonymous(server);
        assertThat(status(program, secret)).isEqualTo(200);

        page.press("Done").awaitNoDialog().awaitRow("Reports " + unique);
        assertThat(browser.driver().getPageSource()).doesNotContain(secret);
        page.press("Revoke Reports " + unique).press("Cancel").awaitRow("Reports " + unique);
        page.press("Revoke Reports " + unique).press("Revoke").awaitNoRow("Reports " + unique);

        assertThat(page.said()).contains("revoked");
        assertThat(status(program, secret)).isEqualTo(401);
    }

    @Test
    void a_user_is_erased_after_their_login_was_typed() {
        String login = "dora-" + unique;
        String id = WeirClient.parse(admin.call("POST", "/api/users", "{\"login\":\"" + login + "\"}")
                        .body())
                .path("id")
                .asText();
        ConsolePage page = console("user?id=" + id).press("Erase this user");
        assertThat(browser.one("#erase").getText())
                .contains(
                        "Erase " + login,
                        "0 messages",
                        "0 rooms that are theirs alone are deleted",
                        "cannot be undone");

        page.write("eraseForm:login", "somebody").press("Erase");
        assertThat(page.complaint("eraseForm:login")).contains(login);
        assertThat(admin.get("/api/users/" + id).statusCode()).isEqualTo(200);
        page.write("eraseForm:login", login).press("Erase");

        browser.untilTrue(
                "that it is done", it -> browser.one("#erase").getText().contains("Everything is erased."));
        assertThat(admin.get("/api/users/" + id).statusCode()).isEqualTo(404);
    }

    private static int status(WeirClient client, String key) {
        return client.send(client.request("/api/models")
                        .header("Authorization", "Bearer " + key)
                        .GET())
                .statusCode();
    }

    @Test
    void a_user_is_made_changed_disabled_and_given_another_password() {
        String login = "carl-" + unique;
        ConsolePage page = console("users").press("New user").write("user:login", "no spaces");
        page.press("Make the user");
        assertThat(page.complaint("user:login")).contains("login");
        page.write("user:login", login).write("user:name", "Carl").press("Make the user");
        String first = page.secret();
        assertThat(signIn(login, first)).isTrue();

        page.press("Done").awaitNoDialog().awaitRow(login);
        browser.all("main tbody tr").stream()
                .filter(it -> it.getText().contains(login))
                .findFirst()
                .orElseThrow()
                .findElement(By.cssSelector("a"))
                .click();
        page.write("user:name", "Carla").press("Save").awaitSaid("Saved.");
        page.press("Reset the password").press("Reset");
        String second = page.secret();
        assertThat(signIn(login, first)).isFalse();
        assertThat(signIn(login, second)).isTrue();
        page.press("Done").awaitNoDialog();
        browser.one("[id='user:disabled']").click();
        page.press("Save").awaitSaid("can't sign in");

        assertThat(signIn(login, second)).isFalse();
        assertThat(console("users").rows()).anySatisfy(it -> assertThat(it).contains("Carla", login, "disabled"));
    }

    private boolean signIn(String login, String password) {
        return WeirClient.anonymous(server)
                .trySignIn(login, password)
                .headers()
                .firstValue("Set-Cookie")
                .isPresent();
    }

    @Test
    void an_organisation_is_made_renamed_and_deleted() {
        ConsolePage page = console("organisations").press("New organisation").press("Make it");
        assertThat(page.complaint("organisation:name")).isEqualTo("Give it a name.");
        page.write("organisation:name", "Harbour " + unique).press("Make it").awaitNoDialog();
        page.awaitRow("Harbour " + unique).press("Rename Harbour " + unique);
        page.write("rename:name", "Port " + unique).press("Rename").awaitNoDialog();
        page.awaitRow("Port " + unique).press("Delete Port " + unique).press("Delete");

        page.awaitNoRow("Port " + unique);
        page.press("Delete Default").press("Delete").awaitSaid("has users");
    }

    @Test
    void a_room_of_others_is_found_without_its_name_and_deleted_when_that_is_confirmed() {
        String room = anna.room("quick");
        anna.call("PATCH", "/api/rooms/" + room, "{\"name\":\"Layoffs in spring\"}");
        ConsolePage page = console("rooms?q=ANNA");
        assertThat(page.rows()).isNotEmpty().allSatisfy(it -> assertThat(it).contains("Anna", "unnamed"));
        assertThat(browser.driver().getPageSource()).doesNotContain("Layoffs");
        assertThat(console("rooms?q=Layoffs").rows()).isEmpty();

        page = console("rooms?q=" + room).press("Stop what is being written in room " + room);
        page.press("Stop").awaitSaid("stopped").awaitRow(room);
        page.press("Delete room " + room).press("Cancel").awaitRow(room);
        page.press("Delete room " + room).press("Delete").awaitNoRow(room);

        assertThat(page.said()).contains("deleted");
        assertThat(anna.get("/api/rooms/" + room).statusCode()).isEqualTo(404);
    }

    @Test
    void the_audit_is_searched_checked_and_taken_along_and_texts_of_others_stay_hidden() {
        String room = anna.room("quick");
        anna.prompt(room, "Tell me a riddle.");
        browser.untilTrue(
                "the end of the turn",
                it -> admin.get("/api/audit?kind=turn-ended&room=" + room)
                        .body()
                        .contains("complete"));
        ConsolePage page = console("audit?room=" + room);

        assertThat(page.rows())
                .anySatisfy(it -> assertThat(it).contains("anna", "turn-ended: complete", "quick"))
                .anySatisfy(it -> assertThat(it).contains("Text for the room’s members only"));
        assertThat(browser.one("#room").getAttribute("value")).isEqualTo(room);
        assertThat(console("audit?kind=verdict&room=" + room).rows()).noneMatch(it -> it.contains("turn-ended"));
        assertThat(browser.one("main").getText()).contains("No record was found");
        console("audit?room=" + room);
        String export = String.valueOf(browser.one("a[download]").getAttribute("href"));
        assertThat(admin.get(export.substring(export.indexOf("/api/"))).body().lines())
                .isNotEmpty()
                .allMatch(it -> it.contains(room));
        page = console("audit?check=1");
        assertThat(browser.one("#checked").getText()).contains("Whole");
        assertThat(page.rows()).isNotEmpty();
    }

    @Test
    void a_page_that_was_open_for_too_long_is_loaded_anew_and_says_so() {
        ConsolePage page = console("organisations").press("New organisation");
        browser.driver().manage().deleteCookieNamed("JSESSIONID");
        page.write("organisation:name", "Lost " + unique).press("Make it");

        browser.untilTrue(
                "the page again", it -> browser.one("#trouble").getText().contains("open for too long"));

        assertThat(page.title()).isEqualTo("Organisations");
        assertThat(page.rows()).noneMatch(it -> it.contains("Lost"));
    }

    @Test
    void every_page_is_accessible_and_fits_a_small_screen() {
        anna.room("quick");
        admin.call("POST", "/api/keys", "{\"name\":\"Seen\"}");
        List<String> paths = List.of(
                "",
                "consumption",
                "models",
                "rooms",
                "users",
                "organisations",
                "keys",
                "interceptors",
                "bench",
                "cluster",
                "audit",
                "audit?check=1");
        for (String path : paths) {
            browser.size(1280, 800);
            console(path);
            browser.assertAccessible("console: " + path);
            browser.size(360, 740);
            assertThat(browser.scrollsSideways()).as(path).isFalse();
        }
        browser.size(1280, 800);
        console("users").press("Change Administrator");
        browser.one("[id='user:save']");
        browser.assertAccessible("console: user");
        for (String dialog :
                List.of("keys New key", "users New user", "organisations Delete Default", "models Try it")) {
            console(dialog.substring(0, dialog.indexOf(' '))).press(dialog.substring(dialog.indexOf(' ') + 1));
            browser.one("dialog[open]");
            browser.assertAccessible("dialog: " + dialog);
        }
    }
}
