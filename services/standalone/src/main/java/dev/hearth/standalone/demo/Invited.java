package dev.hearth.standalone.demo;

import dev.hearth.standalone.demo.Api.Call;
import java.util.Map;

/// What somebody does with an invite's code.
public final class Invited {
    private Invited() {}

    /// Makes an account by it, at the Hearth that `anybody` sees.
    public static void register(Server anybody, String email, String password, String code) {
        Api.withoutToken(anybody)
                .demand(new Call(
                        "POST", "/auth/register", Map.of("email", email, "password", password, "invite", code)));
    }

    /// Accepts it with the account they have.
    public static void accept(Server guest, String code) {
        new Api(guest).demand(new Call("POST", "/api/v1/invites/" + code + "/accept", Map.of()));
    }
}
