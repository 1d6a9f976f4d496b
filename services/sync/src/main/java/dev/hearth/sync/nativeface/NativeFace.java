package dev.hearth.sync.nativeface;

/// What the face calls itself.
final class NativeFace {
    static final String NAME = "native";
    static final String PATH = "/api/v1/stores";

    private NativeFace() {}
}
