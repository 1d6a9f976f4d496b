package dev.hearth.auth.carry;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    @Test
    void one_account_has_one_turn_and_gets_another_when_it_is_done() {
        var turns = new Turns(9);
        var done = turns.take(ADA);

        assertThatThrownBy(() -> turns.take(ADA)).hasMessageContaining("try again");
        assertThatNoException().isThrownBy(() -> turns.take(BEN));
        done.run();
        assertThatNoException().isThrownBy(() -> turns.take(ADA));
    }

    @Test
    void there_are_as_many_as_allowed_and_a_turn_is_given_back_once() {
        var turns = new Turns(1);
        var done = turns.take(ADA);

        assertThatThrownBy(() -> turns.take(BEN)).hasMessageContaining("try again");
        done.run();
        turns.take(BEN);
        done.run();
        assertThatThrownBy(() -> turns.take(ADA)).hasMessageContaining("try again");
    }
}
