package dev.hearth.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JourneyTest {
    @Test
    void a_browser_carries_its_journey_along() {
        var journey = Journey.to("/a?b=c#d");

        assertThat(Journey.read(journey.write())).contains(journey);
        assertThat(journey.goal()).isEqualTo("/a?b=c#d");
        assertThat(journey.toString()).doesNotContain(journey.verifier());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "e30", "W10", "!!!", "eyJzdGF0ZSI6MX0"})
    void what_is_no_journey_is_known_by_no_state(String cookie) {
        assertThat(Journey.read(cookie).filter(journey -> journey.isKnownBy("")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//x", "/\\x", "https://x", "x", "/a b", "/a\r\nb", "/ü", "/\"", "javascript:alert(1)"})
    void only_paths_of_ours_are_goals(String goal) {
        assertThat(Journey.to(goal).goal()).isEqualTo("/");
    }

    @Test
    void the_challenge_is_the_verifiers_hash() {
        // The example of RFC 7636, appendix B.
        var journey = new Journey("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "/", false);

        assertThat(journey.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
