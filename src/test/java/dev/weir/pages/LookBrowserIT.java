package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.upstream.Script;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accessibility (axe), narrow screens, light and dark. */
class LookBrowserIT extends Screen {

    private static final String RICH = """
            ## Rivers

            | river | length in kilometres | remarks that are long |
            | --- | ---: | --- |
            | Elbe | 1094 | flows through Hamburg |

            ```java
            String aVeryLongLine = "that does not fit on a narrow screen" + 1;
            ```

            > quoted

            1. one
            2. [two](https://example.org/)

            AnUnbrokenWordThatIsLongerThanANarrowScreenIsWideAndMustBreakSomewhere `code`""";

    @AfterEach
    void wide_again() {
        browser.size(1280, 800);
    }

    @Test
    void an_empty_conversation_is_accessible() {
        open("");
        browser.assertAccessible("empty");
    }

    @Test
    void a_conversation_is_accessible_while_it_streams_and_when_it_is_finished() {
        ChatPage page = open(upstreamRoom());
        server.upstream()
                .answer(Script.begin()
                        .deltas(RICH)
                        .hold("axe")
                        .deltas(" end.")
                        .finish("stop")
                        .usage(9, 9)
                        .done());
        page.ask("Show me rivers.").awaitText("quoted");
        browser.assertAccessible("streaming");
        server.upstream().release("axe");
        page.awaitPhase("complete");
        browser.assertAccessible("finished");
        server.upstream()
                .answer(Script.begin()
                        .deltas("Half")
                        .pause(Duration.ofMillis(500))
                        .reset());
        page.ask("Break off.").awaitPhase("failed");
        browser.assertAccessible("failed");
    }

    @Test
    void dialogs_and_menus_are_accessible() {
        String room = upstreamRoom();
        anna.call("PATCH", "/api/rooms/" + room, "{\"name\":\"With dialogs\"}");
        ChatPage page = open(room);
        page.bin("With dialogs");
        browser.assertAccessible("delete dialog");
        page.inDialog("Cancel");
        browser.one("#members").click();
        browser.one("dialog[open]");
        browser.assertAccessible("members dialog");
        page.inDialog("Close");
        page.openModels();
        browser.assertAccessible("model menu");
        page.choose("upstream");
        browser.one("#who").click();
        page.choose("Keyboard");
        browser.one("dialog[open]");
        browser.assertAccessible("keyboard dialog");
        page.inDialog("Close");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 768})
    void a_narrow_screen_does_not_scroll_sideways(int width) {
        browser.size(width, 740);
        open("");
        assertThat(browser.scrollsSideways()).as("empty").isFalse();
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(Script.answer(RICH));
        page.ask("Show me rivers. AnUnbrokenWordThatIsLongerThanANarrowScreenIsWide")
                .awaitPhase("complete");
        assertThat(browser.scrollsSideways()).as("conversation").isFalse();
        assertThat(
                        (Long)
                                browser.script(
                                        "return [...document.querySelectorAll('.answer *')].filter((e) =>"
                                                + " !e.closest('pre, .table-box, .visually-hidden') && e.getBoundingClientRect().right > innerWidth + 0.5).length"))
                .isZero();
    }

    @Test
    void the_list_of_conversations_opens_over_a_narrow_page() {
        browser.size(360, 740);
        ChatPage page = open(anna.room("quick"));
        browser.one("#open-side").click();
        browser.one("#new-room");
        browser.assertAccessible("drawer");
        assertThat(browser.scrollsSideways()).isFalse();
        browser.one("#close-side").click();
        browser.untilTrue("closed", it -> !browser.all("#new-room").getFirst().isDisplayed());
        assertThat(page.title()).isEqualTo("New conversation");
    }

    @Test
    void light_and_dark_follow_the_system_until_one_is_chosen() {
        ChatPage page = open("");
        String paper = "return getComputedStyle(document.body).backgroundColor";
        Object light = browser.script(paper);
        browser.prefer("dark");
        Object dark = browser.script(paper);
        assertThat(dark).isNotEqualTo(light);
        browser.one("#who").click();
        page.choose("Light");
        assertThat(browser.script(paper)).isEqualTo(light);
        page.reload();
        assertThat(browser.script(paper)).isEqualTo(light);
        browser.one("#who").click();
        page.choose("Theme of the system");
        assertThat(browser.script(paper)).isEqualTo(dark);
        browser.prefer("light");
    }
}
