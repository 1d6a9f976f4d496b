package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose pages may act with a session's cookie.
final class CrossSiteTest {
    private final CrossSite crossSite =
            new CrossSite("https://hearth.example:443/", List.of("https://App.example", " http://localhost:5173 "));

    @ParameterizedTest
    @CsvSource({
        // method, upgrade, Origin, Sec-Fetch-Site, let through
        "POST, false, , , true",
        "POST, false, https://hearth.example, same-origin, true",
        "POST, false, , same-origin, true",
        "POST, false, , none, true",
        "POST, false, https://hearth.example, , true",
        "POST, false, https://app.example, cross-site, true",
        "POST, false, http://localhost:5173, , true",
        "POST, false, https://evil.example, cross-site, false",
        "POST, false, https://evil.example, , false",
        "POST, false, https://evil.hearth.example, same-site, false",
        "POST, false, http://hearth.example, , false",
        "POST, false, https://hearth.example:8443, , false",
        "POST, false, https://hearth.example.evil.example, , false",
        "POST, false, null, , false",
        "POST, false, null, cross-site, false",
        "POST, false, , cross-site, false",
        "DELETE, false, https://evil.example, cross-site, false",
        "PUT, false, https://evil.example, cross-site, false",
        "PATCH, false, https://evil.example, cross-site, false",
        "GET, false, https://evil.example, cross-site, true",
        "HEAD, false, https://evil.example, cross-site, true",
        "GET, true, https://evil.example, cross-site, false",
        "GET, true, https://evil.example, , false",
        "GET, true, https://hearth.example, same-origin, true",
        "GET, true, , , true",
    })
    void a_request_is_let_through(String method, boolean upgrade, String origin, String site, boolean through) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (upgrade) {
            headers.set("Upgrade", "websocket");
        }
        if (origin != null) {
            headers.set("Origin", origin);
        }
        if (site != null) {
            headers.set("Sec-Fetch-Site", site);
        }

        assertThat(crossSite.mayPass(method, headers)).isEqualTo(through);
    }

    @Test
    void an_origin_is_written_as_browsers_write_it() {
        assertThat(CrossSite.origin("HTTP://Localhost:80/path")).isEqualTo("http://localhost");
        assertThat(CrossSite.origin("https://a.example:8443")).isEqualTo("https://a.example:8443");
    }
}
