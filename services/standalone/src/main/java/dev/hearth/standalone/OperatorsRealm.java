package dev.hearth.standalone;

import dev.hearth.embedded.RealmOptions;
import dev.hearth.embedded.RealmOptions.Smtp;
import dev.hearth.embedded.RealmOptions.Social;
import dev.hearth.embedded.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the operator says about sign-in, in the environment: `docs/identity.md` names the variables.
final class OperatorsRealm {
    private static final Map<Smtp.Security, Integer> PORTS =
            Map.of(Smtp.Security.NONE, 25, Smtp.Security.STARTTLS, 587, Smtp.Security.TLS, 465);

    private final Map<String, String> environment;

    private OperatorsRealm(Map<String, String> environment) {
        this.environment = environment;
    }

    /// @param catcher the port of what keeps e-mail here when no server is named that sends it
    static RealmOptions of(Map<String, String> environment, int catcher) {
        return new OperatorsRealm(environment).options(catcher);
    }

    static boolean namesMailServer(Map<String, String> environment) {
        return new OperatorsRealm(environment).get("HEARTH_SMTP_HOST").isPresent();
    }

    private RealmOptions options(int catcher) {
        boolean verify = Boolean.parseBoolean(get("HEARTH_VERIFY_EMAIL").orElse("false"));
        var kept = new Smtp("127.0.0.1", catcher, "hearth@localhost", Smtp.Security.NONE, Optional.empty());
        return new RealmOptions(Optional.of(smtp().orElse(kept)), verify, social());
    }

    private Optional<Smtp> smtp() {
        return get("HEARTH_SMTP_HOST").map(host -> {
            var security = security(get("HEARTH_SMTP_SECURITY").orElse("starttls"));
            return new Smtp(
                    host,
                    get("HEARTH_SMTP_PORT").map(OperatorsRealm::port).orElse(PORTS.get(security)),
                    get("HEARTH_SMTP_FROM")
                            .orElseThrow(() -> new Refusal("HEARTH_SMTP_HOST needs a sender: HEARTH_SMTP_FROM.")),
                    security,
                    get("HEARTH_SMTP_USER").map(name -> new Smtp.User(name, password())));
        });
    }

    private Secret password() {
        return new Secret(get("HEARTH_SMTP_PASSWORD")
                .orElseThrow(() -> new Refusal("HEARTH_SMTP_USER needs HEARTH_SMTP_PASSWORD.")));
    }

    private static Smtp.Security security(String name) {
        try {
            return Smtp.Security.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new Refusal("HEARTH_SMTP_SECURITY is none, starttls or tls.");
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new Refusal("HEARTH_SMTP_PORT is a number.");
        }
    }

    private List<Social> social() {
        return Arrays.stream(Social.Provider.values())
                .flatMap(provider -> social(provider).stream())
                .toList();
    }

    private Optional<Social> social(Social.Provider provider) {
        String prefix = "HEARTH_" + provider.name() + "_CLIENT_";
        return get(prefix + "ID")
                .map(id -> new Social(
                        provider,
                        id,
                        new Secret(get(prefix + "SECRET")
                                .orElseThrow(() -> new Refusal(prefix + "ID needs " + prefix + "SECRET.")))));
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
