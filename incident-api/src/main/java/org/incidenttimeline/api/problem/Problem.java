package org.incidenttimeline.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Problem details (RFC 9457).
 *
 * @param type a relative URI reference that ends in the code
 * @param title the code as words
 * @param status the HTTP status
 * @param detail what happened and what to do, for a person; its words may change
 * @param code what happened, for a program; it never changes
 * @param instance names this one occurrence, for finding it in our logs; only for faults of ours
 * @param errors the fields that are wrong, where the request itself is
 * @param facts what led to a refusal, by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        Optional<String> instance,
        List<FieldError> errors,
        Map<String, String> facts) {
    /**
     * One wrong field.
     *
     * @param pointer where it stands in the body, a JSON Pointer (RFC 6901); empty for the body as a whole
     * @param detail what would be right
     */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
        facts = Map.copyOf(facts);
    }

    /** A problem with that code, told in a sentence. */
    public static Problem of(HttpStatus status, String code, String detail) {
        String words = code.replace('-', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return new Problem(
                "/problems/" + code, title, status.value(), detail, code, Optional.empty(), List.of(), Map.of());
    }

    /** This problem, and the fields that are wrong. */
    public Problem with(List<FieldError> fields) {
        return new Problem(type, title, status, detail, code, instance, fields, facts);
    }

    Problem with(Map<String, String> newFacts) {
        return new Problem(type, title, status, detail, code, instance, errors, newFacts);
    }

    Problem at(int newStatus) {
        return new Problem(type, title, newStatus, detail, code, instance, errors, facts);
    }

    Problem occurring(String newInstance) {
        return new Problem(type, title, status, detail, code, Optional.of(newInstance), errors, facts);
    }
}
