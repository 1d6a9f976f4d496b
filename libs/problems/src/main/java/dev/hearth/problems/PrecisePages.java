package dev.hearth.problems;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/// What is true of every operation, said on every API page: a refusal is a problem. And what is derived from the code
/// with a contradiction in it is put right.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class PrecisePages implements OASFilter {
    private static final String REFUSED = "default";

    @Override
    public Operation filterOperation(Operation operation) {
        var responses = operation.getResponses();
        if (responses == null) {
            return operation;
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && hasNoContent(response)) {
                response.setContent(problem());
            }
        });
        if (!responses.hasAPIResponse(REFUSED)) {
            responses.addAPIResponse(
                    REFUSED,
                    OASFactory.createAPIResponse().description("Any refusal").content(problem()));
        }
        return operation;
    }

    private static boolean hasNoContent(APIResponse response) {
        return response.getContent() == null
                || response.getContent().getMediaTypes().isEmpty();
    }

    private static Content problem() {
        var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        return OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema));
    }

    /// What alternatives allow, a type beside them must not deny.
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getAnyOf() != null || schema.getOneOf() != null) {
            schema.setType((List<Schema.SchemaType>) null);
            schema.setRef(null);
        }
        return schema;
    }
}
