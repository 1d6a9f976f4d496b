package dev.hearth.standalone.demo;

/// Who else is in the story. Each of them sees the running Hearth in their own way.
public interface Cast {
    /// Somebody whom this invite brings in: with an account made by it, or with the one they have.
    Server invited(String code);

    /// Somebody who has an account, and nothing to do with the others.
    Server outsider();
}
