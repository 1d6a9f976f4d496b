package dev.hearth.auth.tokens;

import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a new API token is to be good for. `scopes` are `read` and `write`; without `stores` it reaches all that its
/// maker reaches; without `expiresAt` it ends after the server's usual time.
public record NewToken(String name, Set<String> scopes, Optional<List<String>> stores, Optional<Instant> expiresAt) {
    private static final int MAX_NAME = 100;
    private static final int MAX_STORES = 100;
    private static final Set<String> SCOPES = Set.of("read", "write");

    String checkedName() {
        var stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The name of a token has 1 to " + MAX_NAME + " characters, all of them visible.");
        }
        return stripped;
    }

    Rights rights() {
        if (scopes == null || scopes.isEmpty() || !scopes.stream().allMatch(NewToken::isScope)) {
            throw invalid("The scopes of a token are \"read\", \"write\" or both.");
        }
        return new Rights(scopes.contains("read"), scopes.contains("write"), stores.map(NewToken::stores));
    }

    private static boolean isScope(@Nullable String scope) {
        return scope != null && SCOPES.contains(scope);
    }

    private static Set<StoreId> stores(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MAX_STORES) {
            throw invalid("A token names 1 to " + MAX_STORES + " stores, or none for all.");
        }
        try {
            return ids.stream().map(String::valueOf).map(StoreId::parse).collect(Collectors.toSet());
        } catch (IllegalArgumentException none) {
            throw invalid("A store is named by its id.");
        }
    }

    Instant end(Instant now, Duration usual, Duration longest) {
        var end = expiresAt.orElse(now.plus(usual));
        if (!end.isAfter(now) || end.isAfter(now.plus(longest))) {
            throw invalid("A token ends after now, and no later than " + longest.toDays() + " days from now.");
        }
        return end;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
