package dev.hearth.auth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Account account = new Account(UUID.randomUUID(), AccountState.ACTIVE, NOW);

    @Test
    void what_a_newer_token_says_counts() {
        account.told(claims("old@example.org", "Ada", false, NOW));

        boolean changed = account.told(claims("new@example.org", "Ada", true, NOW.plusSeconds(1)));

        assertThat(changed).isTrue();
        assertThat(account.email()).contains("new@example.org");
        assertThat(account.admin()).isTrue();
    }

    @Test
    void a_token_from_before_does_not_give_a_right_back() {
        account.told(claims("ada@example.org", "Ada", false, NOW));

        boolean changed = account.told(claims("ada@example.org", "Ada", true, NOW.minusSeconds(1)));

        assertThat(changed).isFalse();
        assertThat(account.admin()).isFalse();
    }

    @Test
    void a_token_that_names_no_address_takes_none_away() {
        account.told(claims("ada@example.org", "Ada", false, NOW));

        account.told(new Claims(Optional.empty(), Optional.empty(), false, NOW.plusSeconds(1)));

        assertThat(account.email()).contains("ada@example.org");
    }

    @Test
    void a_name_of_ones_own_stays() {
        account.rename("Countess");

        account.told(claims("ada@example.org", "Ada", false, NOW));

        assertThat(account.name()).contains("Countess");
    }

    private static Claims claims(String email, String name, boolean admin, Instant issuedAt) {
        return new Claims(Optional.of(email), Optional.of(name), admin, issuedAt);
    }
}
