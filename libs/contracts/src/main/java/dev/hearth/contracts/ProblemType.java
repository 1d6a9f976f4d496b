package dev.hearth.contracts;

/// The catalogue of refusals. Clients branch on the type; `docs/problems.md` explains each.
public enum ProblemType {
    INVALID_REQUEST("invalid-request", "The request is not valid"),
    INVALID_JSON("invalid-json", "The body is not valid JSON"),
    INVALID_CURSOR("invalid-cursor", "The cursor is not valid"),
    CURSOR_BEYOND_HEAD("cursor-beyond-head", "The cursor is beyond the store's head"),
    GENERATION_CHANGED("generation-changed", "The store's history was replaced"),
    NOT_AUTHENTICATED("not-authenticated", "A valid token is needed"),
    SIGN_IN_REFUSED("sign-in-refused", "The e-mail address or the password is wrong"),
    FORBIDDEN("forbidden", "Not allowed"),
    INSUFFICIENT_SCOPE("insufficient-scope", "The API token does not reach so far"),
    STEP_UP_NEEDED("step-up-needed", "A fresh sign-in is needed"),
    SECOND_FACTOR_NEEDED("second-factor-needed", "The account has a second factor"),
    ACCOUNT_PENDING("account-pending", "The account is not approved yet"),
    ACCOUNT_LEAVING("account-leaving", "The account is to be deleted"),
    TERMS_NOT_ACCEPTED("terms-not-accepted", "The terms are not accepted"),
    REGISTRATION_CLOSED("registration-closed", "Nobody may register here"),
    CROSS_SITE("cross-site", "The request comes from another site"),
    NOT_FOUND("not-found", "There is nothing here"),
    STORE_NOT_FOUND("store-not-found", "The caller has no such store"),
    INVITE_INVALID("invite-invalid", "There is no such invite"),
    METHOD_NOT_ALLOWED("method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", "No acceptable form of the answer"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "The body's media type is not supported"),
    WRONG_EXPECTED_HEAD("wrong-expected-head", "The store has moved on"),
    WRONG_EXPECTED_REVISION("wrong-expected-revision", "The stream has moved on"),
    EVENT_ID_TAKEN("event-id-taken", "The event's id belongs to other data"),
    EMAIL_TAKEN("email-taken", "The e-mail address has an account"),
    PASSWORD_REFUSED("password-refused", "The password is not good enough"),
    LAST_ADMINISTRATOR("last-administrator", "Nobody else administers it"),
    ALIAS_NOT_ASCENDING("alias-not-ascending", "An event's own number does not ascend"),
    ARCHIVE_REFUSED("archive-refused", "The archive cannot be taken in"),
    CONFIRMATION_NEEDED("confirmation-needed", "The request needs a confirmation"),
    PAYLOAD_TOO_LARGE("payload-too-large", "The body is over the limit"),
    TOO_MANY_EVENTS("too-many-events", "More events than one append may carry"),
    EVENT_TOO_LARGE("event-too-large", "An event is over the limit"),
    TOO_MANY_STORES("too-many-stores", "The owner has as many stores as allowed"),
    NAME_TAKEN("name-taken", "A store of the caller's has the name"),
    LOCKED("locked", "The vault is locked"),
    TOO_MANY_REQUESTS("too-many-requests", "Too many requests"),
    UNAVAILABLE("unavailable", "The service cannot answer now"),
    INTERNAL("internal", "Something went wrong on the server");

    private final String slug;
    private final String title;

    ProblemType(String slug, String title) {
        this.slug = slug;
        this.title = title;
    }

    /// The `type` member of the problem (RFC 9457): a path on this server.
    public String type() {
        return "/problems/" + slug;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }
}
