package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.weir.it.WeirClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium with an empty profile. Not thread-safe. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    static Browser start() {
        try {
            Path profile = Files.createTempDirectory("weir-browser");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(Stream.of("/usr/bin/chromium", "/usr/bin/google-chrome")
                    .filter(it -> Files.isExecutable(Path.of(it)))
                    .findFirst()
                    .orElse("chromium"));
            options.addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--lang=en",
                    "--hide-scrollbars",
                    "--window-size=1280,800",
                    "--user-data-dir=" + profile);
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            return new Browser(new ChromeDriver(service(), options), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeDriverService service() {
        ChromeDriverService.Builder builder = new ChromeDriverService.Builder();
        Path debian = Path.of("/usr/bin/chromedriver");
        if (Files.isExecutable(debian)) {
            builder.usingDriverExecutable(debian.toFile());
        }
        return builder.build();
    }

    WebDriver driver() {
        return driver;
    }

    /** Forgets all sign-ins, where no page asks a server for anything. */
    void signOut() {
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Puts the sign-in of a client into the browser. */
    void signInAs(WeirClient client, String address) {
        signOut();
        driver.get(address + "/sign-in");
        driver.executeScript("localStorage.clear(); sessionStorage.clear()");
        driver.manage().addCookie(new Cookie("weir-session", client.token(), "/"));
    }

    /** Waits until the condition answers something; an element that goes away meanwhile is looked for again. */
    <T> T until(String what, Function<WebDriver, Optional<T>> condition) {
        return until(what, PATIENCE, condition);
    }

    private <T> T until(String what, Duration patience, Function<WebDriver, Optional<T>> condition) {
        return new WebDriverWait(driver, patience, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(it -> condition.apply(it).orElse(null));
    }

    void untilTrue(String what, Function<WebDriver, Boolean> condition) {
        untilTrue(what, PATIENCE, condition);
    }

    void untilTrue(String what, Duration patience, Function<WebDriver, Boolean> condition) {
        until(what, patience, it -> Optional.of(condition.apply(it)).filter(Boolean::booleanValue));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The element, once it is there and shown. */
    WebElement one(String css) {
        return until(
                css + " is shown",
                it -> it.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst());
    }

    /** The button or link with this accessible name, within an element that matches the selector. */
    WebElement named(String css, String name) {
        return until(name, it -> namedNow(css, name));
    }

    /** As {@link #named}; empty when it isn't there now. */
    Optional<WebElement> namedNow(String css, String name) {
        return all(css + " :is(button, a)").stream()
                .filter(element -> name.equals(element.getAccessibleName()))
                .findFirst();
    }

    Object script(String script, Object... arguments) {
        return Optional.ofNullable(driver.executeScript(script, arguments)).orElse("");
    }

    Object asyncScript(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return Optional.ofNullable(driver.executeAsyncScript(script, arguments)).orElse("");
    }

    /** The size of the page's view, in CSS pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the system is said to prefer. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Whether something is wider than the view. */
    boolean scrollsSideways() {
        return Boolean.TRUE.equals(script("const e = document.documentElement;"
                + "return e.scrollWidth > e.clientWidth || document.body.scrollWidth > document.body.clientWidth;"));
    }

    /** Checks the page as it is now against WCAG 2.2 AA and axe's best practices, in the light and in the dark. */
    void assertAccessible(String state) {
        for (String scheme : List.of("light", "dark")) {
            prefer(scheme);
            Results results = new AxeBuilder().analyze(driver);
            List<Rule> violations = results.getViolations();
            assertThat(results.getPasses()).as("checks that axe made").hasSizeGreaterThan(10);
            assertThat(violations)
                    .as(
                            "%s, %s: %s",
                            state,
                            scheme,
                            violations.stream().map(Browser::told).toList())
                    .isEmpty();
        }
        prefer("light");
    }

    private static String told(Rule rule) {
        return rule.getId() + " at "
                + rule.getNodes().stream()
                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                        .toList();
    }

    /** What the console said at the level of an error since it was asked last. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(it -> it.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A file of the profile went while it was being deleted; the system's cleaning takes the rest.
        }
    }
}
