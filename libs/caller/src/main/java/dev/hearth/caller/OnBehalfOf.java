package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a service tells another service whom it acts for: the header `Hearth-Caller`, the user first, then the other
/// principals, separated by commas; where the caller's credential may not do everything, then `;` and what it may:
/// `r`, `w` or both, and `=` with the ids of the stores when it is for some alone. Only a token with the role `service`
/// may use it.
public final class OnBehalfOf {
    public static final String HEADER = "Hearth-Caller";
    public static final String SERVICE_ROLE = "service";

    private OnBehalfOf() {}

    public static String write(Caller caller) {
        var others = caller.principals().stream()
                .filter(principal -> !principal.equals(caller.user()))
                .map(principal -> "," + principal)
                .sorted()
                .collect(Collectors.joining());
        return caller.user() + others + (caller.rights().equals(Rights.ALL) ? "" : ";" + write(caller.rights()));
    }

    private static String write(Rights rights) {
        var stores = rights.stores()
                .map(some -> some.stream().map(StoreId::toString).sorted().collect(Collectors.joining(",", "=", "")));
        return (rights.read() ? "r" : "") + (rights.write() ? "w" : "") + stores.orElse("");
    }

    public static Caller read(@Nullable String header) {
        try {
            var parts = String.valueOf(header).split(";", 2);
            var principals =
                    Arrays.stream(parts[0].split(",")).map(Principal::parse).toList();
            return new Caller(
                    principals.getFirst(),
                    new HashSet<>(principals),
                    parts.length == 1 ? Rights.ALL : rights(parts[1]));
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The header " + HEADER + " names no caller.");
        }
    }

    private static Rights rights(String text) {
        var parts = text.split("=", 2);
        if (!Set.of("", "r", "w", "rw").contains(parts[0])) {
            throw new IllegalArgumentException("rights are r, w or both");
        }
        Optional<Set<StoreId>> stores = parts.length == 1 ? Optional.empty() : Optional.of(stores(parts[1]));
        return new Rights(parts[0].contains("r"), parts[0].contains("w"), stores);
    }

    private static Set<StoreId> stores(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(StoreId::parse).collect(Collectors.toSet());
    }
}
