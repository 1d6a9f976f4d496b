package dev.hearth.auth.identity;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Holder;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.Standing;
import dev.hearth.caller.TokenHolder;
import dev.hearth.testkit.Identities;
import dev.hearth.testkit.SessionsContract;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Optional;

@QuarkusTest
@WithTestResource(TestServers.class)
class PostgresSessionsIT extends SessionsContract {
    @Inject
    PostgresSessions sessions;

    @Inject
    RealIdentities identities;

    @Override
    protected Sessions sessions() {
        return new Sessions() {
            @Override
            public Uni<Optional<Holder>> holderOf(Credential credential) {
                return OnVertx.on(() -> sessions.holderOf(credential));
            }

            @Override
            public Uni<Standing> standingOf(TokenHolder holder) {
                return OnVertx.on(() -> sessions.standingOf(holder));
            }

            @Override
            public Uni<Changes> changes(Optional<String> cursor) {
                return OnVertx.on(() -> sessions.changes(cursor));
            }
        };
    }

    @Override
    protected Identities identities() {
        return identities;
    }
}
