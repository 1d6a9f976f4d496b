package dev.hearth.caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How the session's cookie is set: out of reach of scripts, over TLS where there is TLS, and to other sites only where
/// the operator says so (`hearth.cookie.same-site=none`, for apps on an origin of their own; needs TLS).
@ApplicationScoped
public class CookieSettings {
    private final boolean secure;
    private final NewCookie.SameSite sameSite;

    CookieSettings(
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl,
            @ConfigProperty(name = "hearth.cookie.same-site", defaultValue = "lax") String sameSite) {
        this.secure = publicUrl.startsWith("https:");
        this.sameSite = switch (sameSite) {
            case "lax" -> NewCookie.SameSite.LAX;
            case "strict" -> NewCookie.SameSite.STRICT;
            case "none" -> NewCookie.SameSite.NONE;
            default -> throw new IllegalArgumentException("hearth.cookie.same-site is lax, strict or none");
        };
        if (this.sameSite == NewCookie.SameSite.NONE && !secure) {
            throw new IllegalArgumentException("hearth.cookie.same-site=none needs a public URL with https");
        }
    }

    public NewCookie of(Credential.SessionCookie session, Duration life) {
        return cookie(session.value(), (int) life.toSeconds());
    }

    /// Makes the browser forget it.
    public NewCookie gone() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(Credential.SESSION_COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(secure)
                .sameSite(sameSite)
                .build();
    }
}
