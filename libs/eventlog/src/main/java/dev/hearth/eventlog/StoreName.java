package dev.hearth.eventlog;

/// What clients of one face call a store. Unique per owner, so nobody can squat or probe a name.
public record StoreName(String face, String clientId) {
    public static final int MAX_LENGTH = 200;

    public StoreName {
        if (face.isEmpty() || face.length() > 40) {
            throw new IllegalArgumentException("a face's name has 1 to 40 characters");
        }
        if (clientId.isEmpty() || clientId.length() > MAX_LENGTH || clientId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a store's name has 1 to " + MAX_LENGTH + " characters");
        }
    }
}
