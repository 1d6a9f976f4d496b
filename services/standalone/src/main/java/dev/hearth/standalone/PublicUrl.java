package dev.hearth.standalone;

import dev.hearth.standalone.tls.HostName;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How people reach the origin. It stands in tokens, redirects and links, so a wrong one is refused at the start rather
/// than found out at the first sign-in.
///
/// @param notes what may be meant so, and may be a slip
record PublicUrl(URI value, List<String> notes) {
    private static final String EXAMPLE = "Write a scheme, a host and perhaps a port: https://hearth.example";

    /// What the origin does, as far as the URL has to agree with it.
    record Listening(String host, int port, boolean tls) {
        String scheme() {
            return tls ? "https" : "http";
        }
    }

    PublicUrl {
        notes = List.copyOf(notes);
    }

    static PublicUrl otherwise(Listening at) {
        var host = new HostName(at.host());
        boolean everywhere = isEverywhere(host);
        String name = everywhere || host.isThisMachine() ? "localhost" : inUrl(host);
        return new PublicUrl(URI.create(at.scheme() + "://" + name + ":" + at.port()), List.of());
    }

    static PublicUrl checked(String text, Listening at) {
        var url = parsed(text.strip());
        var host = new HostName(url.getHost());
        if (isEverywhere(host)) {
            throw wrong(
                    url,
                    "has " + host + " for a host, which means every address of this machine and is none that"
                            + " somebody could go to. Write a name or address of it: " + like(at));
        }
        if (at.tls() && url.getScheme().equals("http")) {
            throw wrong(
                    url,
                    "says http, but with --tls the origin speaks https only. Write " + "https"
                            + url.toString().substring(4) + ", or leave --tls away");
        }
        return new PublicUrl(url, notes(url, host, at));
    }

    private static URI parsed(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException notOne) {
            throw wrong(text, "is not a URL: " + notOne.getReason() + ". " + EXAMPLE);
        }
        if (url.getScheme() == null || !text.contains("://")) {
            throw wrong(text, "does not begin with https:// or http://. " + EXAMPLE);
        }
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw wrong(text, "begins with " + scheme + "://, and people come by https:// or http://. " + EXAMPLE);
        }
        if (url.getRawUserInfo() != null) {
            throw wrong(scheme + "://…", "has a user or password in it; take away what stands before the @");
        }
        if (url.getHost() == null) {
            throw wrong(text, "has no host that could be one: letters, digits, hyphens and dots. " + EXAMPLE);
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw wrong(text, "has a port that cannot be: from 1 to 65535, or none");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong(text, "has something after a ? or #; take that away");
        }
        if (!url.getRawPath().isEmpty() && !url.getRawPath().equals("/")) {
            throw wrong(
                    text,
                    "has the path " + url.getRawPath() + "; Hearth is a whole origin, not a part of one. Write "
                            + scheme + "://" + url.getRawAuthority());
        }
        return normal(scheme, url);
    }

    /// As browsers write an origin: they compare it letter by letter.
    private static URI normal(String scheme, URI url) {
        int usual = scheme.equals("https") ? 443 : 80;
        String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        return URI.create(scheme + "://" + inUrl(new HostName(url.getHost())) + port);
    }

    private static List<String> notes(URI url, HostName host, Listening at) {
        List<String> notes = new ArrayList<>();
        boolean https = url.getScheme().equals("https");
        if (https && !at.tls()) {
            notes.add("the public URL " + url + " is https, and the origin speaks plain HTTP on port " + at.port()
                    + ": right if a proxy with a certificate stands before it; without one, use --tls");
        } else if (port(url) != at.port()) {
            notes.add("the public URL " + url + " has port " + port(url) + ", and the origin listens on " + at.port()
                    + ": right if something passes the one on to the other");
        }
        if (!https && !host.isThisMachine()) {
            notes.add("the public URL " + url + " is plain http: passwords and tokens travel readable, and browsers do"
                    + " not sign in there; use --tls, or a proxy with a certificate");
        }
        if (!host.isThisMachine() && at.tls() && new HostName(at.host()).isThisMachine()) {
            notes.add(
                    "the public URL " + url + " names another machine or all of the network, and the origin listens on "
                            + at.host() + ", where only this machine reaches it; --host 0.0.0.0 opens it");
        }
        return notes;
    }

    /// Whether this machine knows the name. People may come by another network's; so it is said, not refused.
    Optional<String> unresolved() {
        try {
            InetAddress.getAllByName(host().text());
            return Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.of(
                    "the public URL's host " + host() + " is not known here: right if it is where people are");
        }
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }

    HostName host() {
        return new HostName(value.getHost());
    }

    private static String like(Listening at) {
        return at.scheme() + "://hearth.example" + (at.tls() && at.port() == 443 ? "" : ":" + at.port());
    }

    private static boolean isEverywhere(HostName host) {
        return host.address().map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    private static String inUrl(HostName host) {
        return host.text().contains(":") ? "[" + host + "]" : host.text();
    }

    private static Refusal wrong(Object url, String why) {
        return new Refusal("The public URL " + url + " " + why + ".");
    }
}
