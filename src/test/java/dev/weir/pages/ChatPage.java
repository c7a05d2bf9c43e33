package dev.weir.pages;

import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The chat page. Its elements are looked up anew each time. */
final class ChatPage {

    private final Browser browser;
    /** How many answers there were when the last question was asked. */
    private int answered;

    ChatPage(Browser browser) {
        this.browser = browser;
        browser.untilTrue(
                "the page stands",
                it -> it.findElements(By.cssSelector("#model:enabled")).size() == 1);
    }

    static ChatPage open(Browser browser, String address, String room) {
        browser.driver().get("about:blank");
        browser.driver().get(address + "/" + (room.isEmpty() ? "" : "#" + room));
        ChatPage page = new ChatPage(browser);
        if (!room.isEmpty()) {
            page.awaitLink("Live");
        }
        return page;
    }

    ChatPage reload() {
        browser.driver().navigate().refresh();
        return new ChatPage(browser);
    }

    /* ---- saying things */

    ChatPage write(String text) {
        browser.one("#prompt").sendKeys(text.replace("\n", Keys.chord(Keys.SHIFT, Keys.ENTER)));
        return this;
    }

    ChatPage ask(String text) {
        answered = answers();
        write(text);
        browser.one("#prompt").sendKeys(Keys.ENTER);
        return this;
    }

    String draft() {
        return String.valueOf(browser.one("#prompt").getDomProperty("value"));
    }

    void stop() {
        browser.one("#stop").click();
    }

    /* ---- the conversation */

    List<String> prompts() {
        return texts(".prompt-text");
    }

    /** Waits until these are the prompts: for a moment what was sent may still have a stand-in beside the message. */
    ChatPage awaitPrompts(String... texts) {
        List<String> expected = List.of(texts);
        browser.untilTrue("the prompts " + expected, it -> prompts().equals(expected));
        return this;
    }

    /** The text of the last answer's body, as it is shown. */
    String answer() {
        return texts(".answer .markdown").stream().reduce("", (first, second) -> second);
    }

    int answers() {
        return browser.all(".answer").size();
    }

    ChatPage awaitText(String part) {
        browser.untilTrue("an answer with “" + part + "”", it -> answer().contains(part));
        return this;
    }

    /** Waits until there is an answer to the last question and it is finished this way: {@code complete}, {@code stopped}… */
    ChatPage awaitPhase(String phase) {
        browser.untilTrue("an answer that is " + phase, it -> answers() > answered && phase.equals(phase()));
        return this;
    }

    String phase() {
        List<WebElement> answers = browser.all(".answer");
        return answers.isEmpty() ? "" : String.valueOf(answers.getLast().getDomAttribute("data-phase"));
    }

    String outcome() {
        return browser.one(".answer:last-child .outcome").getText();
    }

    String figures() {
        return browser.one(".answer:last-child .figures").getText();
    }

    /** Presses a button of the last answer. */
    void press(String name) {
        browser.named(".answer:last-child", name).click();
    }

    /** Writes the last message anew, once it is one and not its stand-in. */
    void edit(String text) {
        answered = 0;
        browser.untilTrue("a message to edit", it -> {
            List<WebElement> prompts = browser.all(".prompt");
            if (prompts.isEmpty() || !browser.all(".waiting:not([hidden])").isEmpty()) {
                return false;
            }
            new Actions(browser.driver()).moveToElement(prompts.getLast()).perform();
            Optional<WebElement> edit = browser.namedNow(".prompt:nth-last-child(-n + 2)", "Edit and send again");
            edit.ifPresent(WebElement::click);
            return edit.isPresent();
        });
        WebElement field = browser.one(".edit textarea");
        field.clear();
        field.sendKeys(text);
        browser.named(".edit", "Send").click();
    }

    /* ---- rooms */

    String title() {
        return browser.one("#title").getText();
    }

    List<String> rooms() {
        return texts("#rooms li a");
    }

    void rename(String from, String to) {
        overRoom(from);
        browser.named("#rooms", "Rename “" + from + "”").click();
        WebElement field = browser.one("#rooms input");
        field.clear();
        field.sendKeys(to, Keys.ENTER);
    }

    /** Presses the bin of a room; the dialog then asks. */
    void bin(String name) {
        overRoom(name);
        browser.named("#rooms", "Delete “" + name + "”").click();
        browser.one("dialog[open]");
    }

    void inDialog(String button) {
        browser.named("dialog[open]", button).click();
        browser.untilTrue("no dialog", it -> browser.all("dialog[open]").isEmpty());
    }

    private void overRoom(String name) {
        WebElement room = browser.until(
                "the room " + name,
                it -> browser.all("#rooms li").stream()
                        .filter(element -> element.getText().equals(name))
                        .findFirst());
        new Actions(browser.driver()).moveToElement(room).perform();
    }

    /* ---- the rest */

    ChatPage openAccount() {
        browser.one("#who").click();
        browser.one(".menu");
        return this;
    }

    ChatPage openModels() {
        browser.one("#model").click();
        browser.one(".menu");
        return this;
    }

    List<String> menu() {
        return texts(".menu-item");
    }

    void choose(String label) {
        browser.until(
                        label,
                        it -> browser.all(".menu-item").stream()
                                .filter(element -> element.getText().startsWith(label))
                                .findFirst())
                .click();
    }

    String model() {
        return browser.one("#model-name").getText();
    }

    String hint() {
        return browser.one("#hint").getText();
    }

    String link() {
        return browser.all("#link-state").getFirst().getText();
    }

    ChatPage awaitLink(String start) {
        browser.untilTrue("the connection is " + start, it -> link().startsWith(start));
        return this;
    }

    private List<String> texts(String css) {
        return browser.until(
                css,
                it -> Optional.of(
                        browser.all(css).stream().map(WebElement::getText).toList()));
    }
}
