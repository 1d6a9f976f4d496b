package dev.hearth.auth.keycloak;

/// What somebody typed as their password.
public record Password(String value) {
    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
