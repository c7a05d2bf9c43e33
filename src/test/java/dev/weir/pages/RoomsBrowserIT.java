package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import org.junit.jupiter.api.Test;

/** The list of conversations and the choice of a model. */
class RoomsBrowserIT extends Screen {

    @Test
    void a_conversation_is_renamed() {
        String room = anna.room("quick");
        ChatPage page = open(room);

        page.rename("New conversation", "Rivers of Europe");

        browser.untilTrue("the new name", it -> page.title().equals("Rivers of Europe"));
        assertThat(page.rooms()).contains("Rivers of Europe");
        assertThat(page.reload().rooms()).contains("Rivers of Europe");
        anna.call("DELETE", "/api/rooms/" + room, null);
    }

    @Test
    void a_conversation_is_deleted_when_that_is_confirmed() {
        String room = anna.room("quick");
        anna.call("PATCH", "/api/rooms/" + room, "{\"name\":\"To be deleted\"}");
        ChatPage page = open(room);

        page.bin("To be deleted");
        page.inDialog("Cancel");
        assertThat(page.rooms()).contains("To be deleted");
        page.bin("To be deleted");
        page.inDialog("Delete");

        browser.untilTrue("it is gone", it -> !page.rooms().contains("To be deleted"));
        assertThat(page.reload().rooms()).doesNotContain("To be deleted");
        assertThat(anna.get("/api/rooms/" + room).statusCode()).isEqualTo(404);
        browser.errors();
    }

    @Test
    void what_a_program_asked_is_listed_when_that_is_wanted() {
        String question = "Program " + Ids.next();
        String made = anna.call(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"quick\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}")
                .headers()
                .firstValue("Weir-Room")
                .orElseThrow();
        ChatPage page = open("");
        assertThat(page.rooms()).doesNotContain(question);

        page.openAccount().choose("Show what programs asked");
        browser.untilTrue("it is listed", it -> page.rooms().contains(question));
        page.openAccount().choose("Hide what programs asked");
        browser.untilTrue("it is not listed", it -> !page.rooms().contains(question));

        ChatPage there = open(made).awaitPrompts(question);
        browser.untilTrue("it is listed while it is open", it -> there.rooms().contains(question));
        there.ask("And now from the page").awaitPhase("complete");
        assertThat(open("").rooms()).contains(question);
        anna.call("DELETE", "/api/rooms/" + made, null);
    }

    @Test
    void the_choice_of_a_model_shows_price_and_what_is_only_a_demonstration() {
        ChatPage page = open("").openModels();

        assertThat(page.menu())
                .anySatisfy(item -> assertThat(item)
                        .contains("Quick", "$0.15 in, $0.60 out per million tokens", "Demonstration model"))
                .anySatisfy(item -> assertThat(item)
                        .contains("upstream", "$1 in, $2 out per million tokens")
                        .doesNotContain("Demonstration"));
        page.choose("Careful");

        assertThat(page.model()).startsWith("Careful");
        assertThat(page.hint()).contains("Demonstration model");
    }
}
