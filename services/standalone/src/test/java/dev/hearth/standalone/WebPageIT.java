package dev.hearth.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The page in a browser: one person with a laptop and a phone, from the first sign-in to the last sign-out.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebPageIT {
    private static final String EMAIL = "ada@example.org";
    private static final String PASSWORD = "a long enough one";

    @TempDir
    static Path folder;

    private static HearthProgram hearth;
    private static Chromium chromium;
    private static Visitor laptop;
    private static Visitor phone;
    private static SignInScenario people;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                WebPageIT.class.getResource("/web/files.list") != null,
                "the page was not built: it needs Node 20.19 or newer and npm");
        chromium = Chromium.launch();
        var data = new DataFolder(folder.resolve("data"));
        hearth = new HearthProgram(data.root());
        hearth.up().awaitReady();
        // So that all of this runs across the ends of tokens.
        new Realm(hearth, data).tokensLast(Duration.ofSeconds(20));
        assertThat(hearth.run(PASSWORD, "user", "add", EMAIL, "--name", "Ada Lovelace", "--password-stdin")
                        .code())
                .isZero();
        laptop = new Visitor(chromium.browser, "http://localhost:" + hearth.port);
        phone = new Visitor(chromium.browser, "http://localhost:" + hearth.port);
        people = new SignInScenario(hearth, chromium);
    }

    @AfterAll
    static void stop() throws Exception {
        if (hearth != null) {
            hearth.run("", "down");
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void what_one_browser_writes_the_other_sees() {
        laptop.page.navigate("http://localhost:" + hearth.port);
        assertThat(laptop.page.getByText("Everything runs.")).isVisible();
        laptop.screenshot("welcome");

        laptop.signIn(EMAIL, PASSWORD);
        phone.signIn(EMAIL, PASSWORD);
        laptop.add("Milk");
        laptop.add("Bread");
        phone.complete("Milk");

        laptop.sees("x Milk", "Bread");
        phone.sees("x Milk", "Bread");
    }

    @Test
    @Order(2)
    void what_was_written_apart_becomes_one_list() {
        laptop.offline();
        laptop.add("Candles");
        laptop.complete("Bread");
        phone.add("Firewood");
        phone.status("All saved on the server.");

        laptop.status("2 changes wait for the server.");
        laptop.screenshot("offline");
        laptop.sees("x Milk", "x Bread", "Candles");
        phone.sees("x Milk", "Bread", "Firewood");

        laptop.online();
        laptop.sees("x Milk", "x Bread", "Firewood", "Candles");
        phone.sees("x Milk", "x Bread", "Firewood", "Candles");
        laptop.status("All saved on the server.");
        phone.status("All saved on the server.");
    }

    @Test
    @Order(3)
    void a_page_that_is_opened_without_a_network_has_the_list() {
        laptop.page.waitForFunction("navigator.serviceWorker.controller !== null");
        laptop.offline();
        laptop.add("Matches");

        laptop.page.reload();
        laptop.sees("x Milk", "x Bread", "Firewood", "Candles", "Matches");
        laptop.status("1 change waits for the server.");

        laptop.online();
        laptop.status("All saved on the server.");
        phone.sees("x Milk", "x Bread", "Firewood", "Candles", "Matches");
    }

    @Test
    @Order(4)
    void everything_can_be_done_with_the_keyboard() {
        var keys = laptop.page.keyboard();
        laptop.page.getByLabel("New item").focus();
        keys.type("Tea");
        keys.press("Enter");
        assertThat(laptop.page.getByLabel("New item")).isFocused();
        assertThat(laptop.item("Tea")).isVisible();

        laptop.item("Tea").press("Space");
        assertThat(laptop.item("Tea")).isChecked();
        keys.press("Tab");
        assertThat(laptop.button("Rename Tea")).isFocused();
        keys.press("Enter");
        keys.type("Green tea");
        keys.press("Enter");
        assertThat(laptop.button("Rename Green tea")).isFocused();
        keys.press("Tab");
        keys.press("Enter");

        assertThat(laptop.item("Green tea")).hasCount(0);
        assertThat(laptop.button("Remove Matches")).isFocused();
    }

    @Test
    @Order(5)
    void it_fits_on_a_phone() {
        phone.sees("x Milk", "x Bread", "Firewood", "Candles", "Matches");
        phone.add("A-word-that-is-far-longer-than-any-phone-is-wide-and-has-no-place-to-break-at-all");

        assertThat(phone.overflows(360, 740)).isFalse();
        phone.screenshot("phone");
        assertThat(phone.overflows(320, 640)).isFalse();
        phone.inTheDark();
        phone.screenshot("phone-dark");
    }

    @Test
    @Order(6)
    void a_token_that_ends_does_not_end_the_sync() {
        int before = phone.connections();

        phone.awaitConnectionAfter(before);
        phone.status("All saved on the server.");
        phone.complete("Candles");

        assertThat(laptop.item("Candles")).isChecked();
    }

    @Test
    @Order(7)
    void signing_out_asks_about_what_waits_and_leaves_nothing_behind() {
        laptop.status("All saved on the server.");
        laptop.screenshot("laptop");
        laptop.offline();
        laptop.add("Never sent");
        laptop.status("1 change waits for the server.");
        laptop.button("Sign out").click();
        laptop.screenshot("sign-out");
        laptop.button("Stay signed in").click();
        laptop.online();
        laptop.status("All saved on the server.");

        laptop.button("Sign out").click();

        laptop.waitsAtHome();
        laptop.page.reload();
        laptop.waitsAtHome();
        assertThat(laptop.page.evaluate("localStorage.getItem('hearth.person')"))
                .isNull();
        laptop.page.waitForFunction(
                "navigator.storage.getDirectory().then(async root => (await Array.fromAsync(root.keys())).length === 0)");
    }

    @Test
    @Order(8)
    void a_forgotten_password_is_replaced_by_the_link_in_the_mail() throws Exception {
        people.a_forgotten_password_is_replaced_by_the_link_in_the_mail();
    }

    @Test
    @Order(9)
    void sign_in_by_the_page_gives_a_cookie_until_another_device_ends_it() {
        people.sign_in_by_the_page_gives_a_cookie_until_another_device_ends_it();
    }

    @Test
    @Order(10)
    void who_is_invited_by_mail_makes_an_account_from_the_link_and_is_a_member() throws Exception {
        people.who_is_invited_by_mail_makes_an_account_from_the_link_and_is_a_member();
    }

    @Test
    @Order(11)
    void the_browser_has_nothing_to_complain_of() {
        assertThat(laptop.complaints).isEmpty();
        assertThat(phone.complaints).isEmpty();
    }
}
