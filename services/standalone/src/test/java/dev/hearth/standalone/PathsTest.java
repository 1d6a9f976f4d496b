package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal",
                "/internal/log/read",
                "/a/../internal/x",
                "/a/%2E%2e/internal",
                "//internal",
                "/internal;x/y",
                "/a/./internal",
                "/a\\internal",
                "/%69nternal/log/read"
            })
    void internal_paths_are_seen_in_every_spelling(String path) {
        assertThat(Paths.internal(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/stores/a%2Fb", "/internals", "/faces/livestore", "/a..b/c"})
    void other_paths_are_not_internal(String path) {
        assertThat(Paths.internal(path)).isFalse();
    }

    @Test
    void a_prefix_ends_at_a_slash() {
        assertThat(Service.answering("/api/v1/stores/x/events")).contains(Service.SYNC);
        assertThat(Service.answering("/api/v1/storesX")).isEmpty();
    }

    @Test
    void the_longest_prefix_answers() {
        assertThat(Service.answering("/api/v1/admin/users")).contains(Service.AUTH);
        assertThat(Service.answering("/api/v1/admin/views")).contains(Service.PROJECTION);
        assertThat(Service.answering("/api/v1/admin/views/usage/rebuild")).contains(Service.PROJECTION);
    }
}
