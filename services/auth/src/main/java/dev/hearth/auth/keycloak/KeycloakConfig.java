package dev.hearth.auth.keycloak;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where Keycloak's realm is, for us and for browsers, and how auth proves itself there.
@ApplicationScoped
class KeycloakConfig {
    static final String CLIENT = "hearth-auth";
    private static final String REALM = "/realms/hearth";

    private final String backChannel;
    private final String publicUrl;
    private final String secret;

    KeycloakConfig(
            @ConfigProperty(name = "hearth.keycloak.url", defaultValue = "http://localhost:8180/identity") String url,
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl,
            @ConfigProperty(name = "hearth.auth.secret", defaultValue = "none") String secret) {
        this.backChannel = url;
        this.publicUrl = publicUrl;
        this.secret = secret;
    }

    String secret() {
        return secret;
    }

    /// What the realm answers without a browser.
    String openId(String operation) {
        return backChannel + REALM + "/protocol/openid-connect/" + operation;
    }

    String admin() {
        return backChannel + "/admin" + REALM;
    }

    /// Where a browser signs in.
    String signInPage() {
        return publicUrl + "/identity" + REALM + "/protocol/openid-connect/auth";
    }

    String callback() {
        return publicUrl + "/auth/callback";
    }

    @Override
    public String toString() {
        return "KeycloakConfig[" + backChannel + "]";
    }
}
