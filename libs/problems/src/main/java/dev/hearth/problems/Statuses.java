package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import java.util.Arrays;
import java.util.Optional;

/// The HTTP status of each problem type.
public final class Statuses {
    private Statuses() {}

    public static int of(ProblemType type) {
        return switch (type) {
            case INVALID_REQUEST,
                    INVALID_JSON,
                    INVALID_CURSOR,
                    CURSOR_BEYOND_HEAD,
                    ALIAS_NOT_ASCENDING,
                    ARCHIVE_REFUSED,
                    PASSWORD_REFUSED -> 400;
            case NOT_AUTHENTICATED, SIGN_IN_REFUSED -> 401;
            case FORBIDDEN,
                    INSUFFICIENT_SCOPE,
                    STEP_UP_NEEDED,
                    SECOND_FACTOR_NEEDED,
                    ACCOUNT_PENDING,
                    ACCOUNT_LEAVING,
                    TERMS_NOT_ACCEPTED,
                    REGISTRATION_CLOSED,
                    CROSS_SITE -> 403;
            case NOT_FOUND, STORE_NOT_FOUND, INVITE_INVALID -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case GENERATION_CHANGED,
                    WRONG_EXPECTED_HEAD,
                    WRONG_EXPECTED_REVISION,
                    EVENT_ID_TAKEN,
                    TOO_MANY_STORES,
                    NAME_TAKEN,
                    EMAIL_TAKEN,
                    LAST_ADMINISTRATOR -> 409;
            case PAYLOAD_TOO_LARGE, TOO_MANY_EVENTS, EVENT_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case LOCKED -> 423;
            case CONFIRMATION_NEEDED -> 428;
            case TOO_MANY_REQUESTS -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }

    /// The general problem for a status that the HTTP layer itself produced.
    static Optional<ProblemType> general(int status) {
        return switch (status) {
            case 400 -> Optional.of(ProblemType.INVALID_REQUEST);
            case 413 -> Optional.of(ProblemType.PAYLOAD_TOO_LARGE);
            case 404 -> Optional.of(ProblemType.NOT_FOUND);
            default ->
                Arrays.stream(ProblemType.values())
                        .filter(type -> of(type) == status)
                        .findFirst();
        };
    }
}
