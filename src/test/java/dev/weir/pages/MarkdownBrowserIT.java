package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.upstream.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers as they are rendered. */
class MarkdownBrowserIT extends Screen {

    @Test
    void table_code_and_list_are_rendered() {
        ChatPage page = open(upstreamRoom());
        server.upstream()
                .answer(Script.answer(
                        "| river | km |\n| --- | ---: |\n| Elbe | 1094 |\n\n",
                        "```java\nint i = 1; // one\n```\n\n",
                        "1. a\n   - b\n"));

        page.ask("Show.").awaitPhase("complete");

        assertThat(browser.one(".answer th").getText()).isEqualTo("river");
        assertThat(browser.one(".answer pre code .hljs-type").getText()).isEqualTo("int");
        assertThat(browser.one(".code-bar span").getText()).isEqualTo("Java");
        assertThat(browser.one(".answer ol > li > ul > li").getText()).isEqualTo("b");
    }

    @Test
    void hostile_html_does_nothing() {
        ChatPage page = open(upstreamRoom());
        server.upstream()
                .answer(
                        Script.answer(
                                "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=2</script>",
                                "<iframe src=\"javascript:parent.hurt=3\"></iframe><svg onload=\"window.hurt=4\"></svg>\n\n",
                                "[click](javascript:window.hurt=5) <a href=\"data:text/html,hi\">data</a> <form action=/sign-out><button>x</button></form>",
                                "\n\n<p style=\"position:fixed\" id=prompt class=composer onclick=\"window.hurt=6\">styled</p>\n\nThe end."));

        page.ask("Hurt me.").awaitPhase("complete");

        assertThat(page.answer()).contains("click", "styled", "The end.");
        assertThat(
                        browser.all(
                                ".answer .markdown :is(img, script, iframe, svg:not(.icon), form, button, [style], [id], [onclick], [href])"))
                .isEmpty();
        assertThat(browser.script("return window.hurt ?? 'unhurt'")).isEqualTo("unhurt");
        assertThat(browser.errors())
                .as("what the purifier takes apart is barred by the policy as well")
                .allMatch(it -> it.contains("purify.es.mjs") && it.contains("Content Security Policy"));
    }

    @Test
    void what_was_read_is_not_rendered_again() {
        ChatPage page = open(upstreamRoom());
        Script script = Script.begin().deltas("# Title\n\nFirst paragraph.\n\n```js\nlet a = 1;\n```\n\nSecond ");
        script.hold("still");
        for (int i = 0; i < 40; i++) {
            script.deltas("word" + i + " ", i % 8 == 7 ? "\n\n- item " : "more ");
        }
        server.upstream().answer(script.finish("stop").done());
        page.ask("Write.").awaitText("Second");
        browser.script(
                "const blocks = [...document.querySelectorAll('.answer .block')].slice(0, -1);"
                        + "window.touched = 0; window.kept = blocks;"
                        + "const watch = new MutationObserver((changes) => { window.touched += changes.length; });"
                        + "for (const block of blocks) watch.observe(block, { childList: true, subtree: true, characterData: true, attributes: true });");

        server.upstream().release("still");
        page.awaitPhase("complete");

        assertThat((List<?>) browser.script("return window.kept")).hasSize(3);
        assertThat(browser.script("return window.touched + window.kept.filter((block) => !block.isConnected).length"))
                .isEqualTo(0L);
        assertThat(page.answer()).contains("word39");
    }
}
