package dev.hearth.auth;

import dev.hearth.caller.Callers;
import dev.hearth.caller.Holder;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// For acts that a cookie alone must not allow, because a browser that was left open has one: the password was given a
/// short while ago. An access token is short-lived anyway, and its app has signed its user in.
@ApplicationScoped
public class StepUp {
    private final Duration lasts;
    private final Clock clock;

    StepUp(AuthConfig config, Clock clock) {
        this.lasts = config.session().stepUp();
        this.clock = clock;
    }

    public void check(SecurityIdentity identity) {
        Callers.holder(identity)
                .filter(holder -> holder.kind() == Holder.Kind.SESSION)
                .filter(holder -> !isFresh(holder, clock.instant()))
                .ifPresent(_ -> {
                    throw new ProblemException(
                            ProblemType.STEP_UP_NEEDED,
                            "Give the password again first: POST /auth/step-up, or in a browser /auth/login?fresh=true.");
                });
    }

    private boolean isFresh(Holder holder, Instant now) {
        return holder.steppedUpAt()
                .filter(then -> now.isBefore(then.plus(lasts)))
                .isPresent();
    }
}
