package dev.hearth.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keycloak's page and the mail behind it, as a person uses them who has only a browser.
final class SignInScenario {
    private static final String EMAIL = "grace@example.org";
    private static final String INVITED = "ben@example.org";
    private static final String OLD = "forgotten long ago";
    private static final String NEW = "remembered from now on";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HearthProgram hearth;
    private final Chromium chromium;
    private final String origin;

    SignInScenario(HearthProgram hearth, Chromium chromium) {
        this.hearth = hearth;
        this.chromium = chromium;
        this.origin = "http://localhost:" + hearth.port;
    }

    void a_forgotten_password_is_replaced_by_the_link_in_the_mail() throws IOException, InterruptedException {
        assertThat(hearth.run(OLD, "user", "add", EMAIL, "--name", "Grace Hopper", "--password-stdin")
                        .code())
                .isZero();
        var grace = new Visitor(chromium.browser, origin);
        grace.page.navigate(origin);
        grace.button("Sign in").click();
        grace.page.getByText("Forgot Password?").click();
        grace.page.locator("#username").fill(EMAIL);
        grace.screenshot("forgotten");
        grace.page.locator("[type=submit]").click();
        assertThat(grace.page.getByText("an e-mail with a link is on its way")).isVisible();
        grace.screenshot("forgotten-sent");

        var mail = hearth.run("", "mail").output();
        assertThat(mail).contains("To:      " + EMAIL, "Subject: Reset password");
        var link = link(mail, "/identity/realms/hearth/login-actions/action-token");
        grace.page.navigate(link);
        grace.page.locator("#password-new").fill(NEW);
        grace.page.locator("#password-confirm").fill(NEW);
        grace.screenshot("new-password");
        grace.page.locator("[type=submit]").click();

        grace.status("All saved on the server.");
        assertThat(grace.page.getByText("Grace Hopper")).isVisible();
        grace.screenshot("reset-and-signed-in");
        assertThat(grace.complaints).isEmpty();

        var another = new Visitor(chromium.browser, origin);
        another.page.navigate(link);
        assertThat(another.page.getByText("This link was used already")).isVisible();
        another.screenshot("link-used");
    }

    void sign_in_by_the_page_gives_a_cookie_until_another_device_ends_it() {
        var laptop = signedInByPage("sign-in");
        var phone = signedInByPage("sign-in-again");
        assertThat(status(laptop, "GET", "/api/v1/account")).isEqualTo(200);

        assertThat(status(phone, "DELETE", "/api/v1/account/sessions")).isEqualTo(200);

        laptop.page.waitForCondition(() -> status(laptop, "GET", "/auth/whoami") == 401);
        assertThat(status(phone, "GET", "/auth/whoami")).isEqualTo(200);
    }

    void who_is_invited_by_mail_makes_an_account_from_the_link_and_is_a_member() throws Exception {
        var grace = signedInByPage("sign-in-to-invite");
        String household = answer(grace, "POST", "/api/v1/households", "{\"name\":\"Elm Street\"}")
                .get("id")
                .asText();
        var issued = answer(
                grace, "POST", "/api/v1/households/" + household + "/invites", "{\"email\":\"" + INVITED + "\"}");
        assertThat(issued.at("/invite/mail/status").asText()).isEqualTo("waiting");
        grace.page.waitForCondition(() -> answer(grace, "GET", "/api/v1/households/" + household + "/invites", "")
                .at("/0/mail/status")
                .asText()
                .equals("sent"));

        var mail = hearth.run("", "mail").output();
        assertThat(mail).contains("To:      " + INVITED, "Grace Hopper invites you to the household");
        var ben = new Visitor(chromium.browser, origin);
        ben.page.navigate(link(mail, "/?invite="));
        assertThat(ben.page.getByText("You are invited to “Elm Street”")).isVisible();
        ben.page.locator("#invite-name").fill("Ben Bee");
        ben.page.locator("#invite-email").fill(INVITED);
        ben.page.locator("#invite-password").fill(NEW);
        ben.screenshot("invited");
        ben.button("Make an account and join").click();
        assertThat(ben.page.getByText("Welcome to “Elm Street”")).isVisible();
        ben.screenshot("invited-and-in");

        ben.page.locator("#invite-sign-in").click();
        ben.page.locator("#username").fill(INVITED);
        ben.page.locator("#password").fill(NEW);
        ben.page.locator("#kc-login").click();
        ben.status("All saved on the server.");
        assertThat(answer(grace, "GET", "/api/v1/households/" + household + "/members", "")
                        .findValuesAsText("name"))
                .containsExactly("Grace Hopper", "Ben Bee");
        assertThat(ben.complaints).isEmpty();
    }

    private JsonNode answer(Visitor visitor, String method, String path, String body) {
        var request = RequestOptions.create().setMethod(method).setHeader("Origin", origin);
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json").setData(body);
        }
        try {
            return JSON.readTree(
                    visitor.page.request().fetch(origin + path, request).text());
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private Visitor signedInByPage(String screenshot) {
        var visitor = new Visitor(chromium.browser, origin);
        visitor.page.navigate(origin + "/auth/login?return=/auth/whoami");
        visitor.page.locator("#username").fill(EMAIL);
        visitor.page.locator("#password").fill(NEW);
        visitor.screenshot(screenshot);
        visitor.page.locator("#kc-login").click();
        visitor.page.waitForURL(origin + "/auth/whoami");
        assertThat(visitor.page.getByText(EMAIL)).isVisible();
        assertThat(visitor.page.context().cookies())
                .anySatisfy(cookie -> assertThat(cookie.name).isEqualTo("hearth_session"));
        return visitor;
    }

    /// As the page itself would ask: with its cookie, and saying where it comes from.
    private int status(Visitor visitor, String method, String path) {
        return visitor.page
                .request()
                .fetch(origin + path, RequestOptions.create().setMethod(method).setHeader("Origin", origin))
                .status();
    }

    private String link(String mail, String path) {
        Matcher link = Pattern.compile(Pattern.quote(origin + path) + "\\S*").matcher(mail);
        assertThat(link.find()).as("a link to %s in the mail", path).isTrue();
        return link.group();
    }
}
