package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What one service says, another understands.
final class OnBehalfOfTest {
    private static final Principal USER = Principal.user(UUID.randomUUID());

    static Stream<Caller> callers() {
        var both = Set.of(USER, Principal.household(UUID.randomUUID()), Principal.household(UUID.randomUUID()));
        var stores = Set.of(new StoreId(UUID.randomUUID()), new StoreId(UUID.randomUUID()));
        return Stream.of(
                Caller.of(USER),
                new Caller(USER, both),
                new Caller(USER, both, new Rights(true, false, Optional.empty())),
                new Caller(USER, both, new Rights(false, true, Optional.of(stores))),
                new Caller(USER, both, new Rights(true, true, Optional.of(Set.of()))),
                new Caller(USER, both, new Rights(false, false, Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void a_caller_arrives_as_they_were_sent(Caller caller) {
        assertThat(OnBehalfOf.read(OnBehalfOf.write(caller))).isEqualTo(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user:x",
                "robot:7b7b0a9c-3d4e-4b0e-9c38-0d8f1a3c2b11",
                "user:7b7b0a9c-3d4e-4b0e-9c38-0d8f1a3c2b11;all",
                "user:7b7b0a9c-3d4e-4b0e-9c38-0d8f1a3c2b11;rw=x",
                "user:7b7b0a9c-3d4e-4b0e-9c38-0d8f1a3c2b11;r;w",
            })
    void what_names_no_caller_is_refused(String header) {
        assertThatThrownBy(() -> OnBehalfOf.read(header)).isInstanceOf(ProblemException.class);
    }
}
