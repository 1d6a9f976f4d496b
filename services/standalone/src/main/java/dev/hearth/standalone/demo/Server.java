package dev.hearth.standalone.demo;

import java.net.URI;

/// A running Hearth, as a device sees it.
public interface Server {
    /// The one origin, without a slash at its end.
    URI origin();

    /// A fresh access token of the one who tells the story.
    String token();
}
