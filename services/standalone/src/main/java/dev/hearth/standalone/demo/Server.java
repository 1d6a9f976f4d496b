package dev.hearth.standalone.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;

/// A running Hearth, as a device sees it.
public interface Server {
    /// The one origin, without a slash at its end.
    URI origin();

    /// A client that trusts it.
    HttpClient.Builder http();

    /// What a device's process has to be told so that it trusts it.
    Map<String, String> environment();

    /// A fresh access token of the one who tells the story.
    String token();
}
