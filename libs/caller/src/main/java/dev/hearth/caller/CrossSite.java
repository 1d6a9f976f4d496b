package dev.hearth.caller;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Keeps other sites' pages from acting with a cookie that the browser sends along. What a browser says of a request
/// cannot be forged by a page; what is no browser sends no cookie it was not given, and is let through.
@ApplicationScoped
public class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Problem REFUSED = new Problem(
            ProblemType.CROSS_SITE, "The page that sent this is of an origin that may not use the session's cookie.");

    private final Set<String> allowed;

    @Inject
    CrossSite(
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl,
            @ConfigProperty(name = "hearth.allowed-origins") Optional<List<String>> origins) {
        this(publicUrl, origins.orElse(List.of()));
    }

    CrossSite(String publicUrl, List<String> origins) {
        this.allowed = Stream.concat(Stream.of(publicUrl), origins.stream())
                .filter(text -> !text.isBlank())
                .map(CrossSite::origin)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// To be asked where a cookie is looked at, or set: throws when another site's page is behind the request, and the
    /// request changes something or opens a connection.
    public void check(HttpServerRequest request) {
        if (!mayPass(request.method().name(), request.headers())) {
            throw new ProblemException(REFUSED);
        }
    }

    boolean mayPass(String method, MultiMap headers) {
        return SAFE.contains(method) && !headers.contains("Upgrade") || mayAct(headers);
    }

    /// What `Origin` says goes before `Sec-Fetch-Site`: a page of an allowed origin is another site to the browser.
    private boolean mayAct(MultiMap headers) {
        var origin = headers.get("Origin");
        if (origin != null && allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            return true;
        }
        var site = headers.get("Sec-Fetch-Site");
        return site == null ? origin == null : "same-origin".equals(site) || "none".equals(site);
    }

    /// As a browser writes it: without a path, and without a port that is the scheme's own.
    static String origin(String url) {
        var parsed = URI.create(url.strip());
        var scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
        int port = "https".equals(scheme) && parsed.getPort() == 443 || "http".equals(scheme) && parsed.getPort() == 80
                ? -1
                : parsed.getPort();
        return scheme + "://" + String.valueOf(parsed.getHost()).toLowerCase(Locale.ROOT)
                + (port < 0 ? "" : ":" + port);
    }
}
