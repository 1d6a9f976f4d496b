package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a service tells another service whom it acts for: the header `Hearth-Caller`, the user first, then the other
/// principals, separated by commas. Only a token with the role `service` may use it.
public final class OnBehalfOf {
    public static final String HEADER = "Hearth-Caller";
    public static final String SERVICE_ROLE = "service";

    private OnBehalfOf() {}

    public static String write(Caller caller) {
        var others = caller.principals().stream()
                .filter(principal -> !principal.equals(caller.user()))
                .map(Principal::toString)
                .sorted()
                .collect(Collectors.joining(","));
        return others.isEmpty() ? caller.user().toString() : caller.user() + "," + others;
    }

    public static Caller read(@Nullable String header) {
        try {
            var principals = Arrays.stream(String.valueOf(header).split(","))
                    .map(Principal::parse)
                    .toList();
            return new Caller(principals.getFirst(), new java.util.HashSet<>(principals));
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The header " + HEADER + " names no caller.");
        }
    }
}
