package dev.hearth.problems;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.hearth.contracts.ProblemType;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Every way a request can fail in an endpoint, as a problem.
public final class ProblemAnswers {

    public static Response answer(Problem problem) {
        ProblemMetrics.count(problem.problemType());
        var response =
                Response.status(problem.getStatus()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.getStatus() == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
        if (problem.problemType() == ProblemType.UNAVAILABLE) {
            response.header("Retry-After", "1");
        }
        return response.build();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException refused) {
        return answer(refused.problem());
    }

    @ServerExceptionMapper
    public Response notAuthenticated(AuthenticationFailedException refused) {
        return answer(Problems.TOKEN_REFUSED);
    }

    @ServerExceptionMapper
    public Response noIdentity(UnauthorizedException refused) {
        return answer(Problems.TOKEN_MISSING);
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException refused) {
        return answer(Problems.FORBIDDEN);
    }

    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException invalid) {
        return answer(invalidJson(invalid));
    }

    /// Ours to answer; Quarkus' own answer has no body.
    @ServerExceptionMapper
    public Response misdefined(InvalidDefinitionException failure) {
        return unexpected(failure);
    }

    /// What reads `Accept` fails with this when it cannot be read.
    @ServerExceptionMapper
    public Response argument(IllegalArgumentException failure, ContainerRequestContext request) {
        return isReadable(request.getHeaderString("Accept"))
                ? unexpected(failure)
                : answer(new Problem(ProblemType.NOT_ACCEPTABLE, "The header Accept cannot be read."));
    }

    private static boolean isReadable(@Nullable String accept) {
        try {
            MediaTypeHelper.parseHeader(accept == null ? "*/*" : accept);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @ServerExceptionMapper
    public Response json(JacksonException invalid) {
        return answer(invalidJson(invalid));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException refused) {
        if (refused.getCause() instanceof JacksonException invalid) {
            return answer(invalidJson(invalid));
        }
        int status = refused.getResponse().getStatus();
        if (status < 400) {
            return refused.getResponse();
        }
        return Statuses.general(status)
                .map(type -> answer(new Problem(type, Problems.explain(type))))
                .orElseGet(() -> Response.status(status).build());
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure) {
        Log.error("request failed unexpectedly", failure);
        return answer(Problems.INTERNAL);
    }

    /// Says where and what, never echoes the body.
    public static Problem invalidJson(JacksonException invalid) {
        if (invalid instanceof StreamConstraintsException) {
            return new Problem(
                    ProblemType.INVALID_JSON, "The JSON is nested too deeply or holds a value that is too long.");
        }
        if (invalid instanceof UnrecognizedPropertyException unknown) {
            return new Problem(
                    ProblemType.INVALID_REQUEST,
                    "There is no field \"" + shortened(unknown.getPropertyName()) + "\" here.");
        }
        if (invalid instanceof JsonMappingException mapping) {
            var path = mapping.getPath().stream()
                    .map(step ->
                            step.getFieldName() == null ? "[" + step.getIndex() + "]" : shortened(step.getFieldName()))
                    .collect(Collectors.joining("."));
            if (!path.isEmpty()) {
                return new Problem(
                        ProblemType.INVALID_REQUEST, "The field \"" + path + "\" has a value that does not fit.");
            }
            return new Problem(ProblemType.INVALID_REQUEST, "The body does not have the expected shape.");
        }
        var place = invalid.getLocation();
        return new Problem(
                ProblemType.INVALID_JSON,
                place == null
                        ? "The body cannot be read as JSON."
                        : "The body cannot be read as JSON at line " + place.getLineNr() + ", column "
                                + place.getColumnNr() + ".");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
