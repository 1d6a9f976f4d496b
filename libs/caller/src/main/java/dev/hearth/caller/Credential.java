package dev.hearth.caller;

/// An opaque secret that says who calls. Auth keeps its SHA-256 only.
public sealed interface Credential {
    /// What every API token begins with, so that scanners for leaked secrets know one.
    String API_TOKEN_PREFIX = "hearth_";

    /// The name of the cookie that a session is kept in.
    String SESSION_COOKIE = "hearth_session";

    /// More is not looked at.
    int MAX_LENGTH = 128;

    String value();

    record SessionCookie(String value) implements Credential {
        @Override
        public String toString() {
            return "SessionCookie[hidden]";
        }
    }

    record ApiToken(String value) implements Credential {
        @Override
        public String toString() {
            return "ApiToken[hidden]";
        }
    }
}
