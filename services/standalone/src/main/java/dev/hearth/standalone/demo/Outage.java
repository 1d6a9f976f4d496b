package dev.hearth.standalone.demo;

/// Something that can be killed under the devices' hands, and brought back.
public interface Outage {
    /// What is killed.
    String victim();

    /// Kills it, with no chance to tidy up.
    void strike();

    /// Returns when it serves again.
    void mend();
}
