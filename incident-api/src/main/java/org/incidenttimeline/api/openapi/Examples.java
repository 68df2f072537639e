package org.incidenttimeline.api.openapi;

import java.io.IOException;
import java.util.Optional;
import org.incidenttimeline.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An example of each request, written by us, and of each answer, recorded from the running service. Tests send the ones
 * and compare the shape of the others, so neither can grow old.
 */
final class Examples {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode requests;
    private final JsonNode answers;

    Examples() throws IOException {
        requests = read("openapi/requests.json");
        answers = read("openapi/answers.json");
    }

    private static JsonNode read(String resource) throws IOException {
        return JSON.readTree(new ClassPathResource(resource).getContentAsByteArray());
    }

    Optional<Object> request(String operationId) {
        return plain(requests.path(operationId));
    }

    /** By the operation, or by the shape where many operations answer in the same. */
    Optional<Object> answer(String operationId, String shape, String mediaType) {
        return plain(answers.path(operationId).path(mediaType))
                .or(() -> plain(answers.path(shape).path(mediaType)));
    }

    static Object problem(HttpStatus status, String code) {
        return JSON.convertValue(Problem.of(status, code, status.getReasonPhrase()), Object.class);
    }

    private static Optional<Object> plain(@Nullable JsonNode node) {
        return node == null || node.isMissingNode()
                ? Optional.empty()
                : Optional.of(JSON.treeToValue(node, Object.class));
    }
}
