package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** Asking and being answered. */
class ConversationBrowserIT extends Screen {

    /** A reset throws away what has arrived and was not read yet. */
    private static final Duration UNDERWAY = Duration.ofMillis(500);

    private Script held(String gate, String before, String after) {
        return Script.begin()
                .deltas(before.split("(?<= )"))
                .hold(gate)
                .deltas(after.split("(?<= )"))
                .finish("stop")
                .usage(1200, 340)
                .done();
    }

    @Test
    void first_question_makes_a_conversation() {
        ChatPage page = open("").openModels();
        page.choose("upstream");
        server.upstream().answer(Script.answer("Hello", " there."));

        page.ask("Hello?").awaitPhase("complete");

        page.awaitPrompts("Hello?");
        assertThat(page.answer()).isEqualTo("Hello there.");
        assertThat(browser.driver().getCurrentUrl()).contains("#");
    }

    @Test
    void answer_is_shown_while_it_is_written_with_its_figures_at_the_end() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(held("figures", "The first ", "and the rest."));

        page.ask("Write slowly.").awaitText("The first");
        assertThat(page.phase()).isEqualTo("writing");
        assertThat(browser.one("#stop").getAccessibleName()).isEqualTo("Stop the answer (Escape)");
        server.upstream().release("figures");
        page.awaitPhase("complete");

        assertThat(page.answer()).isEqualTo("The first and the rest.");
        assertThat(page.figures()).contains("upstream", "1,200 tokens in, 340 out", "$0.0019", "first words after ");
        assertThat(browser.all("#stop").getFirst().isDisplayed()).isFalse();
    }

    @Test
    void a_refresh_in_mid_answer_loses_nothing() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(held("refresh", "Before the refresh ", "and after it."));
        page.ask("Go on.").awaitText("Before the refresh");

        page.reload().awaitText("Before the refresh");
        assertThat(page.phase()).isEqualTo("writing");
        server.upstream().release("refresh");
        page.awaitPhase("complete");

        page.awaitPrompts("Go on.");
        assertThat(page.answer()).isEqualTo("Before the refresh and after it.");
        page.reload().awaitPhase("complete");
        assertThat(page.answer()).isEqualTo("Before the refresh and after it.");
    }

    @Test
    void an_answer_is_stopped_and_continued() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(held("stopped", "The half ", "never"));
        page.ask("Say it all.").awaitText("The half");

        page.stop();
        page.awaitPhase("stopped");
        assertThat(page.outcome()).isEqualTo("Stopped by Anna.");
        server.upstream().answer(Script.answer("and the other half."));
        page.press("Continue");
        page.awaitPhase("complete");

        assertThat(page.answer()).isEqualTo("The half and the other half.");
        assertThat(page.answers()).isEqualTo(1);
    }

    @Test
    void an_answer_is_written_again_also_by_another_model() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(Script.answer("First try.")).answer(Script.answer("Second try."));
        page.ask("Try.").awaitText("First try.").awaitPhase("complete");

        page.press("Write the answer again");
        page.awaitText("Second try.").awaitPhase("complete");
        assertThat(page.answers()).isEqualTo(1);

        page.press("Write the answer again with another model");
        page.choose("Quick");
        browser.untilTrue("an answer of the other model", it -> page.figures().startsWith("Quick"));
        assertThat(page.answers()).isEqualTo(1);
        page.awaitPrompts("Try.");
    }

    @Test
    void an_edited_question_takes_the_place_of_what_followed() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(Script.answer("To the first.")).answer(Script.answer("To the other."));
        page.ask("First?").awaitText("To the first.").awaitPhase("complete");

        page.edit("Other?");
        page.awaitText("To the other.").awaitPhase("complete");

        page.awaitPrompts("Other?");
        assertThat(page.answers()).isEqualTo(1);
    }

    @Test
    void says_in_plain_words_why_an_answer_broke_off() {
        ChatPage page = open(upstreamRoom());
        server.upstream()
                .answer(Script.begin()
                        .deltas("Half", " an answer")
                        .pause(UNDERWAY)
                        .reset());

        page.ask("Break.").awaitPhase("failed");

        assertThat(page.answer()).isEqualTo("Half an answer");
        assertThat(page.outcome()).startsWith("The connection to upstream broke");
    }

    @Test
    void copies_an_answer_and_a_block_of_code() {
        ChatPage page = open(upstreamRoom());
        server.upstream().answer(Script.answer("Run **this**:\n\n```sh\nmake test\n```\n"));
        page.ask("How?").awaitPhase("complete");
        browser.script(
                "window.copied = []; document.addEventListener('copy', () => window.copied.push(String(getSelection())"
                        + " || document.activeElement.value));"
                        + "navigator.clipboard.writeText = (text) => (window.copied.push(text), Promise.resolve());");

        page.press("Copy the answer");
        browser.one(".code-copy").click();

        browser.untilTrue("two copies", it -> ((List<?>) browser.script("return window.copied")).size() == 2);
        assertThat((List<?>) browser.script("return window.copied"))
                .isEqualTo(List.of("Run **this**:\n\n```sh\nmake test\n```\n", "make test"));
    }

    @Test
    void two_tabs_show_the_same() {
        String room = upstreamRoom();
        ChatPage first = open(room);
        String firstTab = browser.driver().getWindowHandle();
        server.upstream().answer(held("tabs", "Seen in both ", "to the end."));
        first.ask("Tell both.").awaitText("Seen in both");

        browser.driver().switchTo().newWindow(WindowType.TAB);
        ChatPage second = open(room).awaitText("Seen in both");
        server.upstream().release("tabs");
        second.awaitPhase("complete");
        assertThat(second.answer()).isEqualTo("Seen in both to the end.");
        second.awaitPrompts("Tell both.");
        browser.driver().close();
        browser.driver().switchTo().window(firstTab);

        first.awaitPhase("complete");
        assertThat(first.answer()).isEqualTo("Seen in both to the end.");
    }

    @Test
    void works_by_keyboard_alone() {
        ChatPage page = open(upstreamRoom());
        Actions keys = new Actions(browser.driver());
        server.upstream().answer(held("keys", "Long ", "never")).answer(Script.answer("Better."));

        keys.sendKeys("By keys?", Keys.ENTER).perform();
        page.awaitText("Long");
        keys.sendKeys(Keys.ESCAPE).perform();
        page.awaitPhase("stopped");
        keys.sendKeys(Keys.ARROW_UP).perform();
        browser.one(".edit textarea");
        keys.sendKeys(" Again.", Keys.ENTER).perform();
        page.awaitText("Better.").awaitPhase("complete");

        page.awaitPrompts("By keys? Again.");
        keys.keyDown(Keys.CONTROL)
                .keyDown(Keys.SHIFT)
                .sendKeys("o")
                .keyUp(Keys.SHIFT)
                .keyUp(Keys.CONTROL)
                .perform();
        browser.one("#empty");
        browser.untilTrue(
                "the cursor in the message box",
                it -> "prompt".equals(it.switchTo().activeElement().getDomAttribute("id")));
    }
}
