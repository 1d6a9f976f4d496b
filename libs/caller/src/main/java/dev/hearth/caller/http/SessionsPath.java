package dev.hearth.caller.http;

/// Where auth serves the port. Not on the public origin.
public final class SessionsPath {
    public static final String ROOT = "/internal/sessions";
    public static final String HOLDER = "holder";
    public static final String STANDING = "standing";
    public static final String CHANGES = "changes";

    private SessionsPath() {}
}
