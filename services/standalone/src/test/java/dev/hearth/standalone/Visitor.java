package dev.hearth.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsCheckedOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Somebody with a browser of their own, as far as they use the page.
final class Visitor {
    private final String origin;
    private final BrowserContext context;
    final Page page;
    /// What the browser complained of, refusals by the page's policy included.
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private final AtomicInteger connections = new AtomicInteger();

    Visitor(Browser browser, String origin) {
        this.origin = origin;
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1200, 900));
        context.addInitScript("addEventListener('securitypolicyviolation',"
                + " e => console.error('refused ' + e.violatedDirective + ' ' + e.blockedURI))");
        context.onConsoleMessage(this::note);
        context.onWebError(error -> complaints.add(error.error()));
        page = context.newPage();
        page.onWebSocket(_ -> connections.incrementAndGet());
    }

    /// That there is no network is what a network test asks for.
    private void note(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().contains("net::ERR_INTERNET_DISCONNECTED")) {
            complaints.add(message.text());
        }
    }

    void signIn(String email, String password) {
        page.navigate(origin);
        button("Sign in").click();
        page.locator("#username").fill(email);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
        status("All saved on the server.");
    }

    void add(String text) {
        page.getByLabel("New item").fill(text);
        page.keyboard().press("Enter");
        assertThat(item(text)).isVisible();
    }

    void complete(String text) {
        item(text).check();
    }

    Locator item(String text) {
        return page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(text));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void status(String text) {
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(text);
    }

    /// Waits until the list is this, `x` before what is done.
    void sees(String... items) {
        var rows = page.locator("#items li");
        assertThat(rows).hasCount(items.length);
        for (int i = 0; i < items.length; i++) {
            boolean done = items[i].startsWith("x ");
            assertThat(rows.nth(i).locator(".text")).hasText(done ? items[i].substring(2) : items[i]);
            assertThat(rows.nth(i).getByRole(AriaRole.CHECKBOX)).isChecked(new IsCheckedOptions().setChecked(done));
        }
    }

    /// How often the page has connected so far.
    int connections() {
        return connections.get();
    }

    void awaitConnectionAfter(int before) {
        page.waitForCondition(() -> connections.get() > before);
    }

    void offline() {
        context.setOffline(true);
    }

    void online() {
        context.setOffline(false);
    }

    /// Whether something is wider than a window of this size.
    boolean overflows(int width, int height) {
        page.setViewportSize(width, height);
        return (boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    void inTheDark() {
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setReducedMotion(ReducedMotion.REDUCE));
    }

    void waitsAtHome() {
        page.waitForURL(Pattern.compile(Pattern.quote(origin) + "/?"));
        assertThat(button("Sign in")).isVisible();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", name + ".png"))
                .setFullPage(true));
    }
}
