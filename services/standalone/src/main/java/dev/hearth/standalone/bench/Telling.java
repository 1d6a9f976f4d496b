package dev.hearth.standalone.bench;

/// Says what is being done meanwhile.
@FunctionalInterface
public interface Telling {
    void say(String what);
}
