package dev.hearth.embedded;

import static dev.hearth.embedded.KeycloakApi.JSON;
import static dev.hearth.embedded.KeycloakApi.NOTHING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Brings Keycloak's realm to what its file and the operator say, whether it is new or as old as the house. Every step
/// may be repeated.
final class KeycloakRealm {
    /// Parts that the settings of a realm that is there do not take: each has an address of its own.
    private static final List<String> PARTS =
            List.of("clients", "users", "components", "roles", "authenticationFlows", "localizationTexts");

    private final KeycloakApi api;
    private final Supplier<Secret> signIn;
    private final String name;
    private final String path;

    KeycloakRealm(KeycloakApi api, Supplier<Secret> signIn, String name) {
        this.api = api;
        this.signIn = signIn;
        this.name = name;
        this.path = "/admin/realms/" + name;
    }

    void apply(String file, Map<String, String> values, RealmOptions options) {
        var realm = (ObjectNode) KeycloakApi.parse(filled(file, values));
        var token = signIn.get();
        var found = api.send(token, "GET", path, NOTHING);
        if (found.statusCode() == 404) {
            var bare = JSON.createObjectNode().put("realm", name).put("enabled", true);
            api.change(token, "POST", "/admin/realms", bare, "the realm could not be made");
            // A token knows the realms there were when it was given.
            token = signIn.get();
        }
        applyParts(token, realm);
        var settings = settings(realm, options);
        if (found.statusCode() != 200 || !holds(KeycloakApi.parse(found.body()), settings)) {
            api.change(token, "PUT", path, settings, "the realm could not be updated");
        }
        for (RealmOptions.Social social : options.social()) {
            applySocial(token, social);
        }
    }

    private static ObjectNode settings(ObjectNode realm, RealmOptions options) {
        var settings = realm.deepCopy();
        settings.remove(PARTS);
        settings.put("resetPasswordAllowed", options.smtp().isPresent());
        settings.put("verifyEmail", options.verifyEmail());
        var server = settings.putObject("smtpServer");
        options.smtp().ifPresent(smtp -> {
            server.put("host", smtp.host()).put("port", Integer.toString(smtp.port()));
            server.put("from", smtp.from()).put("fromDisplayName", "Hearth");
            server.put("starttls", Boolean.toString(smtp.security() == RealmOptions.Smtp.Security.STARTTLS));
            server.put("ssl", Boolean.toString(smtp.security() == RealmOptions.Smtp.Security.TLS));
            server.put("auth", Boolean.toString(smtp.user().isPresent()));
            smtp.user()
                    .ifPresent(user -> server.put("user", user.name())
                            .put("password", user.password().value()));
        });
        return settings;
    }

    private void applyParts(Secret token, JsonNode realm) {
        realm.path("roles").path("realm").forEach(role -> applyRole(token, role));
        realm.path("components")
                .path("org.keycloak.userprofile.UserProfileProvider")
                .forEach(profile -> applyProfile(token, profile));
        realm.path("authenticationFlows").forEach(flow -> applyFlow(token, flow));
        realm.path("clients").forEach(client -> applyClient(token, client));
        realm.path("users").forEach(user -> applyServiceAccount(token, user));
        realm.path("localizationTexts")
                .properties()
                .forEach(texts -> api.change(
                        token,
                        "POST",
                        path + "/localization/" + texts.getKey(),
                        texts.getValue(),
                        "what its pages say could not be set"));
    }

    private void applyRole(Secret token, JsonNode role) {
        if (!exists(token, path + "/roles/" + role.path("name").asText())) {
            api.change(token, "POST", path + "/roles", role, "a role could not be made");
        }
    }

    private void applyProfile(Secret token, JsonNode profile) {
        var config = profile.path("config").path("kc.user.profile.config").path(0);
        var wanted = KeycloakApi.parse(config.asText());
        String one = path + "/users/profile";
        // Exactly: a new realm's own profile says all of this, and demands more.
        if (!api.get(token, one).equals(wanted)) {
            api.change(token, "PUT", one, wanted, "what is kept of people could not be set");
        }
    }

    /// A flow is made once, and then left as it is: steps have no names by which to compare.
    private void applyFlow(Secret token, JsonNode flow) {
        String alias = flow.path("alias").asText();
        boolean known = stream(api.get(token, path + "/authentication/flows"))
                .anyMatch(other -> other.path("alias").asText().equals(alias));
        if (known) {
            return;
        }
        var bare = ((ObjectNode) flow).deepCopy();
        bare.remove("authenticationExecutions");
        api.change(token, "POST", path + "/authentication/flows", bare, "a flow could not be made");
        String executions = path + "/authentication/flows/" + alias.replace(" ", "%20") + "/executions";
        flow.path("authenticationExecutions").forEach(step -> {
            var provider = JSON.createObjectNode()
                    .put("provider", step.path("authenticator").asText());
            api.change(token, "POST", executions + "/execution", provider, "a flow's step could not be made");
        });
        api.get(token, executions)
                .forEach(step -> api.change(
                        token,
                        "PUT",
                        executions,
                        ((ObjectNode) step).put("requirement", "REQUIRED"),
                        "a flow's step could not be required"));
    }

    private void applyClient(Secret token, JsonNode client) {
        String clients = path + "/clients";
        var known = client(token, client.path("clientId").asText());
        if (known.isMissingNode()) {
            api.change(token, "POST", clients, client, "a client could not be made");
            return;
        }
        // Merged into what is there, so that mappers keep their ids.
        var wanted = ((ObjectNode) client).deepCopy();
        wanted.remove("protocolMappers");
        String one = clients + "/" + known.path("id").asText();
        if (!holds(known, wanted)) {
            var merged = ((ObjectNode) known).deepCopy().setAll(wanted);
            api.change(token, "PUT", one, merged, "a client could not be updated");
        }
        client.path("protocolMappers").forEach(mapper -> {
            if (stream(known.path("protocolMappers"))
                    .noneMatch(other -> other.path("name").equals(mapper.path("name")))) {
                api.change(token, "POST", one + "/protocol-mappers/models", mapper, "a mapper could not be made");
            }
        });
    }

    /// Of users the file names those alone by which clients act, with their roles.
    private void applyServiceAccount(Secret token, JsonNode user) {
        String client = client(token, user.path("serviceAccountClientId").asText())
                .path("id")
                .asText();
        String id = api.get(token, path + "/clients/" + client + "/service-account-user")
                .path("id")
                .asText();
        String mappings = path + "/users/" + id + "/role-mappings";
        var realmRoles = JSON.createArrayNode();
        user.path("realmRoles").forEach(role -> realmRoles.add(api.get(token, path + "/roles/" + role.asText())));
        api.change(token, "POST", mappings + "/realm", realmRoles, "a service's roles could not be given");
        user.path("clientRoles").properties().forEach(entry -> {
            String owner = client(token, entry.getKey()).path("id").asText();
            var roles = JSON.createArrayNode();
            entry.getValue()
                    .forEach(role -> roles.add(api.get(token, path + "/clients/" + owner + "/roles/" + role.asText())));
            api.change(token, "POST", mappings + "/clients/" + owner, roles, "a service's roles could not be given");
        });
    }

    private void applySocial(Secret token, RealmOptions.Social social) {
        String instances = path + "/identity-provider/instances";
        var provider = JSON.createObjectNode()
                .put("alias", social.provider().alias())
                .put("displayName", social.provider().displayName())
                .put("providerId", social.provider().keycloaksName())
                .put("enabled", true)
                // Whether an address belongs to somebody here already is proven by a sign-in, not by the provider.
                .put("trustEmail", false);
        var config = provider.putObject("config")
                .put("clientId", social.clientId())
                .put("clientSecret", social.clientSecret().value())
                .put("syncMode", "IMPORT");
        social.provider().settings().forEach(config::put);
        String one = instances + "/" + social.provider().alias();
        boolean known = exists(token, one);
        api.change(
                token,
                known ? "PUT" : "POST",
                known ? one : instances,
                provider,
                "sign-in by " + social.provider().displayName() + " could not be set up");
    }

    /// Whether what is there says all that is wanted. Where Keycloak writes it in another way, it is written again:
    /// that
    /// costs time, and changes nothing.
    private static boolean holds(JsonNode known, JsonNode wanted) {
        if (wanted.isEmpty() && wanted.isContainerNode()) {
            return known.isEmpty();
        }
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(field -> holds(known.path(field.getKey()), field.getValue()));
        }
        if (wanted.isArray()) {
            return known.size() == wanted.size()
                    && stream(wanted)
                            .allMatch(element -> stream(known).anyMatch(candidate -> holds(candidate, element)));
        }
        return known.equals(wanted);
    }

    private JsonNode client(Secret token, String clientId) {
        return api.get(token, path + "/clients?clientId=" + clientId).path(0);
    }

    private boolean exists(Secret token, String address) {
        return api.send(token, "GET", address, NOTHING).statusCode() == 200;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String filled(String file, Map<String, String> values) {
        String text = file;
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
