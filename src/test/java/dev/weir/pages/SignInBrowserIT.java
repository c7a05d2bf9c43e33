package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInBrowserIT extends Screen {

    @BeforeEach
    void sign_out() {
        browser.signOut();
    }

    @Test
    void says_that_the_password_is_wrong_and_lets_in_with_the_right_one() {
        SignInPage page = SignInPage.open(browser, address() + "/").fail("anna", "not-the-password-1");
        assertThat(page.problem()).isEqualTo("The name or the password is not right. Try again.");

        ChatPage chat = page.signIn("anna", WeirServer.PASSWORD);

        assertThat(chat.title()).isEqualTo("New conversation");
        assertThat(browser.one("#who-name").getText()).isEqualTo("Anna");
    }

    @Test
    void leads_back_to_the_room_that_was_asked_for() {
        String room = anna.room("quick");
        SignInPage.open(browser, address() + "/?room=" + room)
                .signIn("anna", WeirServer.PASSWORD)
                .awaitLink("Live");
        assertThat(browser.driver().getCurrentUrl()).contains(room);
    }

    @Test
    void signs_out() {
        SignInPage.open(browser, address() + "/").signIn("anna", WeirServer.PASSWORD);
        browser.one("#who").click();
        new ChatPage(browser).choose("Sign out");

        new SignInPage(browser);

        assertThat(browser.driver().manage().getCookieNamed("weir-session")).isNull();
    }

    @Test
    void is_accessible_and_fits_a_small_screen() {
        SignInPage page = SignInPage.open(browser, address() + "/sign-in");
        browser.assertAccessible("sign-in");
        page.fail("anna", "not-the-password-2");
        browser.assertAccessible("sign-in, wrong");
        browser.size(360, 740);
        assertThat(browser.scrollsSideways()).isFalse();
        browser.size(1280, 800);
    }
}
