package dev.hearth.auth.explain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(TestServers.class)
class ExplainedProblemsIT {
    @ParameterizedTest
    @EnumSource
    void each_type_is_explained_at_its_own_address(ProblemType type) {
        given().get(type.type())
                .then()
                .statusCode(200)
                .body("type", equalTo(type.type()))
                .body("status", equalTo(Statuses.of(type)))
                .body("title", equalTo(type.title()));
    }

    @Test
    void the_catalogue_lists_all() {
        List<String> types =
                given().get("/problems").then().statusCode(200).extract().path("type");

        assertThat(types)
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::type)
                        .toList());
    }

    @Test
    void a_type_that_does_not_exist_is_not_found() {
        given().get("/problems/out-of-tea")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/not-found"));
    }
}
