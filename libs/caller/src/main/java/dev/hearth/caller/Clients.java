package dev.hearth.caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The clients at Keycloak whose access tokens count here. Another one of the realm may be given tokens for this
/// audience by mistake; and an ID token, or a refresh token, is no access token, whoever it was made for.
@ApplicationScoped
public class Clients {
    private static final String SERVICES = "hearth-services";
    private static final String ACCESS_TOKEN = "Bearer";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Set<String> known;

    @Inject
    Clients(@ConfigProperty(name = "hearth.clients", defaultValue = "hearth-web,hearth-auth") List<String> clients) {
        known = new HashSet<>(clients);
        known.add(SERVICES);
    }

    boolean mayHave(JsonWebToken token) {
        return token.getClaim("azp") instanceof String client
                && known.contains(client)
                && ACCESS_TOKEN.equals(token.getClaim("typ"))
                && token.getSubject() != null
                && ID.matcher(token.getSubject()).matches();
    }
}
