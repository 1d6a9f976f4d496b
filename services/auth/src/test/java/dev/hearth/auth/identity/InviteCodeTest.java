package dev.hearth.auth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InviteCodeTest {
    @RepeatedTest(20)
    void a_code_is_read_as_it_is_written() {
        var code = InviteCode.random();

        assertThat(code.written()).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(InviteCode.parse(code.written())).contains(code);
        assertThat(InviteCode.parse(" " + code.value().toLowerCase() + " ")).contains(code);
    }

    @Test
    void what_looks_alike_is_alike() {
        assertThat(InviteCode.parse("OIL0-0000-0000-0000")).contains(new InviteCode("0110000000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0000-0000-0000-000", "0000-0000-0000-0000-0", "U000-0000-0000-0000", "ÄÖÜ"})
    void what_can_be_no_code_is_none(String typed) {
        assertThat(InviteCode.parse(typed)).isEmpty();
    }

    @Test
    void a_code_is_not_printed() {
        var code = InviteCode.random();

        assertThat(code.toString()).doesNotContain(code.value());
    }
}
