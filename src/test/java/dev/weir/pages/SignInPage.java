package dev.weir.pages;

/** The sign-in page. */
final class SignInPage {

    private final Browser browser;

    SignInPage(Browser browser) {
        this.browser = browser;
        browser.one("#form");
    }

    static SignInPage open(Browser browser, String address) {
        browser.driver().get(address);
        return new SignInPage(browser);
    }

    SignInPage fail(String login, String password) {
        submit(login, password);
        browser.untilTrue(
                "the page again", it -> String.valueOf(it.getCurrentUrl()).contains("problem="));
        return new SignInPage(browser);
    }

    ChatPage signIn(String login, String password) {
        submit(login, password);
        return new ChatPage(browser);
    }

    String problem() {
        return browser.one("#problem").getText();
    }

    private void submit(String login, String password) {
        browser.one("#login").clear();
        browser.one("#login").sendKeys(login);
        browser.one("#password").sendKeys(password);
        browser.one("#submit").click();
    }
}
