package dev.hearth.caller;

import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemAnswers;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// An API token gets into endpoints that say `@TakesApiTokens` and into no others, so that a new one cannot forget to
/// think of it; there it reads if it may read, and does anything else if it may write.
public final class ApiTokenScopes {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    static final Problem NOT_HERE =
            new Problem(ProblemType.INSUFFICIENT_SCOPE, "API tokens are not taken here. Sign in and use that instead.");
    static final Problem NOT_TO_READ =
            new Problem(ProblemType.INSUFFICIENT_SCOPE, "This API token was not made for reading.");
    static final Problem NOT_TO_WRITE =
            new Problem(ProblemType.INSUFFICIENT_SCOPE, "This API token was made for reading only.");

    private final CurrentIdentityAssociation identity;

    ApiTokenScopes(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /// Null lets the request go on.
    @ServerRequestFilter
    public Uni<@Nullable Response> check(ContainerRequestContext request, ResourceInfo resource) {
        var authorization = request.getHeaderString("Authorization");
        if (authorization == null
                || !authorization.contains(Credential.API_TOKEN_PREFIX)
                || !says(resource, Authenticated.class) && !says(resource, RolesAllowed.class)) {
            return Uni.createFrom().nullItem();
        }
        boolean taken = says(resource, TakesApiTokens.class);
        return identity.getDeferredIdentity()
                .map(who -> refusal(who, taken, request.getMethod())
                        .map(ProblemAnswers::answer)
                        .orElse(null));
    }

    private static boolean says(ResourceInfo resource, Class<? extends Annotation> annotation) {
        return resource.getResourceMethod().isAnnotationPresent(annotation)
                || resource.getResourceClass().isAnnotationPresent(annotation);
    }

    /// Why this request is refused, if it is.
    static Optional<Problem> refusal(SecurityIdentity identity, boolean taken, String method) {
        return Callers.holder(identity)
                .filter(holder -> holder.kind() == Holder.Kind.API_TOKEN)
                .flatMap(holder -> refusal(holder.caller().rights(), taken, method));
    }

    private static Optional<Problem> refusal(Rights rights, boolean taken, String method) {
        if (!taken) {
            return Optional.of(NOT_HERE);
        }
        if (READING.contains(method)) {
            return rights.read() ? Optional.empty() : Optional.of(NOT_TO_READ);
        }
        return rights.write() ? Optional.empty() : Optional.of(NOT_TO_WRITE);
    }
}
