package dev.weir.pages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;

/** Any page of the console. Its elements are looked up anew each time. */
final class ConsolePage {

    private final Browser browser;

    /** The page that is open. */
    ConsolePage(Browser browser) {
        this.browser = browser;
    }

    /** @param path below {@code /admin/}; empty for the overview */
    static ConsolePage open(Browser browser, String address, String path) {
        browser.driver().get(address + "/admin/" + path);
        ConsolePage page = new ConsolePage(browser);
        browser.one("main h1");
        return page;
    }

    String title() {
        return browser.one("main h1").getText();
    }

    /** What the page says after a click. */
    String said() {
        return browser.one("#said [class^='ui-messages-']").getText();
    }

    ConsolePage awaitSaid(String part) {
        browser.untilTrue("“" + part + "”", it -> said().contains(part));
        return this;
    }

    ConsolePage awaitLive() {
        browser.untilTrue("live", it -> isLive());
        return this;
    }

    ConsolePage awaitLive(Duration patience) {
        browser.untilTrue("live", patience, it -> isLive());
        return this;
    }

    private boolean isLive() {
        return browser.one("#link-state").getText().equals("Live");
    }

    /** The rows of the page's table, each as its text. */
    List<String> rows() {
        return browser.until(
                "rows",
                it -> Optional.of(it.findElements(By.cssSelector("main tbody tr")).stream()
                        .map(WebElement::getText)
                        .toList()));
    }

    ConsolePage awaitRow(String part) {
        browser.untilTrue("a row with " + part, it -> rows().stream().anyMatch(row -> row.contains(part)));
        return this;
    }

    ConsolePage awaitNoRow(String part) {
        browser.untilTrue("no row with " + part, it -> rows().stream().noneMatch(row -> row.contains(part)));
        return this;
    }

    /**
     * Presses what has this accessible name in the page, or in the dialog that is open; what the page replaces in between is
     * looked for again.
     */
    ConsolePage press(String name) {
        browser.untilTrue(name, it -> {
            String place = browser.all("dialog[open]").isEmpty() ? "main" : "dialog[open]";
            Optional<WebElement> found = browser.namedNow(place, name);
            found.ifPresent(WebElement::click);
            return found.isPresent();
        });
        return this;
    }

    ConsolePage write(String field, String text) {
        WebElement element = browser.one("[id='" + field + "']");
        element.clear();
        element.sendKeys(text);
        return this;
    }

    /** The message beside a field. */
    String complaint(String field) {
        return browser.until(
                "a message beside " + field, it -> beside(it, field).filter(text -> !text.isBlank()));
    }

    private static Optional<String> beside(WebDriver driver, String field) {
        return driver
                .findElements(
                        By.xpath(
                                "//*[@id='" + field
                                        + "']/ancestor::*[contains(@class, 'form-field')]//*[contains(@class, 'ui-message-error-detail')]"))
                .stream()
                .map(WebElement::getText)
                .findFirst();
    }

    /** The secret that is shown once. */
    String secret() {
        return browser.one("dialog[open] .secret code").getText();
    }

    ConsolePage awaitNoDialog() {
        browser.untilTrue("no dialog", it -> browser.all("dialog[open]").isEmpty());
        return this;
    }

    List<String> buttons() {
        return browser.all("main button, main input[type='submit'], main [role='button']").stream()
                .map(WebElement::getAccessibleName)
                .toList();
    }
}
