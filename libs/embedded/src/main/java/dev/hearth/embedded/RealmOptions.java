package dev.hearth.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an operator decides about the realm: how it sends e-mail, whether addresses are verified, and who else signs
/// people in. Without e-mail nobody can reset a password, so nobody is offered to.
public record RealmOptions(Optional<Smtp> smtp, boolean verifyEmail, List<Social> social) {
    public static final RealmOptions NONE = new RealmOptions(Optional.empty(), false, List.of());

    public RealmOptions {
        social = List.copyOf(social);
        if (verifyEmail && smtp.isEmpty()) {
            throw new IllegalArgumentException("addresses can only be verified where e-mail can be sent");
        }
    }

    /// @param user empty where the server lets everybody send
    public record Smtp(String host, int port, String from, Security security, Optional<User> user) {
        public record User(String name, Secret password) {}

        public enum Security {
            NONE,
            STARTTLS,
            TLS
        }
    }

    public record Social(Provider provider, String clientId, Secret clientSecret) {
        public enum Provider {
            GOOGLE("google", "Google", "google", Map.of()),
            MICROSOFT("microsoft", "Microsoft", "microsoft", Map.of()),
            /// Keycloak has no part for it, but it speaks OpenID Connect. It tells an address only in a form that
            /// Keycloak does not read, so Keycloak asks the person for it.
            APPLE(
                    "apple",
                    "Apple",
                    "oidc",
                    Map.of(
                            "issuer", "https://appleid.apple.com",
                            "authorizationUrl", "https://appleid.apple.com/auth/authorize",
                            "tokenUrl", "https://appleid.apple.com/auth/token",
                            "jwksUrl", "https://appleid.apple.com/auth/keys",
                            "useJwksUrl", "true",
                            "validateSignature", "true",
                            "clientAuthMethod", "client_secret_post",
                            "disableUserInfo", "true",
                            "defaultScope", "openid"));

            private final String alias;
            private final String displayName;
            private final String keycloaksName;
            private final Map<String, String> settings;

            Provider(String alias, String displayName, String keycloaksName, Map<String, String> settings) {
                this.alias = alias;
                this.displayName = displayName;
                this.keycloaksName = keycloaksName;
                this.settings = settings;
            }

            public String alias() {
                return alias;
            }

            String displayName() {
                return displayName;
            }

            String keycloaksName() {
                return keycloaksName;
            }

            Map<String, String> settings() {
                return settings;
            }
        }
    }
}
