package org.incidenttimeline.api.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.core.command.DomainCommand;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** Completes what the library sees of an operation by what its parameters and its command mean here. */
final class Operations implements GlobalOperationCustomizer {
    private final Examples examples;

    Operations(Examples examples) {
        this.examples = examples;
    }

    /** The command that an operation gives, by its name, where it gives one. */
    private static Optional<String> command(HandlerMethod handler) {
        return AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), CommandsAt.class)
                ? body(handler)
                        .map(body -> body.getParameterType().getSimpleName().replaceFirst("Request$", ""))
                : Optional.empty();
    }

    static Optional<MethodParameter> body(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst();
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var command = command(handler);
        command.ifPresent(
                name -> operation.setOperationId(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)));
        String words = command.flatMap(Operations::wordsOfCommand)
                .or(() -> wordsOfMethod(handler.getMethod()))
                .or(() -> Words.of(handler.getBeanType()))
                .orElse("");
        operation.setSummary(Words.firstSentence(words));
        operation.setDescription(words);
        String packageName = handler.getBeanType().getPackageName();
        operation.setTags(List.of(packageName.substring(packageName.lastIndexOf('.') + 1)));
        parameters(operation, handler);
        examplesOf(operation);
        answers(operation, handler);
        return operation;
    }

    private static Optional<String> wordsOfCommand(String name) {
        return Stream.of(DomainCommand.class.getPermittedSubclasses())
                .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .flatMap(Words::of);
    }

    private static Optional<String> wordsOfMethod(Method method) {
        var declared = method.getAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        return declared != null && !declared.summary().isEmpty() ? Optional.of(declared.summary()) : Words.of(method);
    }

    private static void parameters(Operation operation, HandlerMethod handler) {
        if (takes(handler, Caller.class)) {
            header(
                    operation,
                    "If-Match",
                    "the version that the caller has seen of what the command is for, as an ETag told it; another one is"
                            + " refused",
                    "\"7\"");
            header(
                    operation,
                    "Idempotency-Key",
                    "a name that the caller gives the request, so that sending it again does nothing twice; 1 to "
                            + Limits.KEY_LENGTH + " visible ASCII characters",
                    "\"4f1c2a\"");
            header(
                    operation,
                    "X-On-Behalf-Of",
                    "the human for whom a tool acts; characters outside ASCII as percent-encoded UTF-8",
                    "ana");
            header(
                    operation,
                    "X-Correlation-Id",
                    "what ties the events of one piece of work together; 1 to " + Limits.TRACE_ID_LENGTH
                            + " visible ASCII characters",
                    "deploy-4711");
            header(
                    operation,
                    "X-Causation-Id",
                    "the message that made the caller act; 1 to " + Limits.TRACE_ID_LENGTH
                            + " visible ASCII characters",
                    "alert-0815");
        }
        if (takes(handler, Page.class)) {
            var limit = new Schema<Integer>();
            limit.types(Set.of("integer"));
            limit.minimum(BigDecimal.ONE);
            limit.maximum(BigDecimal.valueOf(Limits.PAGE));
            limit._default(Limits.DEFAULT_PAGE);
            query(operation, "limit", "how many at most", limit);
            query(operation, "cursor", "where to go on, as the next of the answer before says", string());
        }
        if (isTaggedRead(handler)) {
            header(
                    operation,
                    "If-None-Match",
                    "the ETag of an earlier answer; the answer is 304 while it would be the same",
                    "\"7\"");
        }
        if (takes(handler, Moment.class)) {
            var time = new Schema<String>().types(Set.of("string")).format("date-time");
            query(operation, "asOf", "only what was recorded until then", time);
            if (hasPathVariable(handler)) {
                query(
                        operation,
                        "version",
                        "only the events of the incident up to this version; not together with asOf",
                        new Schema<Long>().types(Set.of("integer")).format("int64"));
            }
            query(operation, "occurredBefore", "of what was known, only what had happened before then", time);
        }
        if (takes(handler, Freshness.class)) {
            boolean one = hasPathVariable(handler);
            query(
                    operation,
                    one ? "minVersion" : "minPosition",
                    one ? "the version that the answer must know" : "the position in the log that the answer must know",
                    new Schema<Long>().types(Set.of("integer")).format("int64"));
            header(
                    operation,
                    "Prefer",
                    "how many seconds to wait until the answer is as fresh, " + Limits.WAIT.toSeconds() + " at most",
                    "wait=5");
        }
    }

    private static void query(Operation operation, String name, String description, Schema<?> schema) {
        add(
                operation,
                new Parameter().in("query").name(name).description(description).schema(schema));
    }

    private static void header(Operation operation, String name, String description, String example) {
        add(
                operation,
                new Parameter()
                        .in("header")
                        .name(name)
                        .description(description)
                        .example(example)
                        .schema(string()));
    }

    /** Two methods that answer one address in two forms are one operation, which comes here twice. */
    private static void add(Operation operation, Parameter parameter) {
        boolean known = operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(p -> parameter.getName().equals(p.getName())
                                && parameter.getIn().equals(p.getIn()));
        if (!known) {
            operation.addParametersItem(parameter);
        }
    }

    static boolean takes(HandlerMethod handler, Class<?> type) {
        return Stream.of(handler.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static boolean hasPathVariable(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }

    private void examplesOf(Operation operation) {
        if (operation.getRequestBody() != null) {
            operation
                    .getRequestBody()
                    .getContent()
                    .values()
                    .forEach(media ->
                            examples.request(operation.getOperationId()).ifPresent(media::setExample));
        }
    }

    private void answers(Operation operation, HandlerMethod handler) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && isTagged(handler)) {
                response.addHeaderObject("ETag", tag());
            }
            if (status.startsWith("20") && !status.equals("204") && takes(handler, Caller.class) && isTagged(handler)) {
                response.addHeaderObject("Ledger-Receipt", receipt());
            }
            if (response.getContent() != null) {
                response.getContent()
                        .forEach((type, media) -> examples.answer(operation.getOperationId(), shape(media), type)
                                .ifPresent(media::setExample));
            }
        });
        if (isTaggedRead(handler)) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "304",
                            new ApiResponse()
                                    .description("The caller has it already.")
                                    .addHeaderObject("ETag", tag()));
        }
        Codes.of(handler)
                .forEach((status, codes) -> operation
                        .getResponses()
                        .addApiResponse(String.valueOf(status.value()), problem(status, codes)));
    }

    private static String shape(MediaType media) {
        String reference = media.getSchema() == null ? null : media.getSchema().get$ref();
        return reference == null ? "" : reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** What is tagged and no read changes an incident. */
    static boolean givesCommands(HandlerMethod handler) {
        return isTagged(handler) && !isRead(handler);
    }

    private static boolean isTagged(HandlerMethod handler) {
        return handler.hasMethodAnnotation(Tagged.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Tagged.class);
    }

    private static boolean isRead(HandlerMethod handler) {
        return handler.hasMethodAnnotation(GetMapping.class);
    }

    private static boolean isTaggedRead(HandlerMethod handler) {
        return isTagged(handler) && isRead(handler);
    }

    private static Schema<?> string() {
        return new Schema<String>().types(Set.of("string"));
    }

    private static Header tag() {
        return new Header()
                .description("the version, for If-Match and If-None-Match")
                .schema(string());
    }

    private static Header receipt() {
        return new Header()
                .description(
                        "where the last event recorded now stands in the ledger: index, leaf, and size and root of the"
                                + " tree afterwards; not when the answer is replayed")
                .schema(new Schema<String>().types(Set.of("string")));
    }

    private static ApiResponse problem(HttpStatus status, List<String> codes) {
        var schema = new Schema<>();
        schema.set$ref("#/components/schemas/Problem");
        return new ApiResponse()
                .description("A problem with one of the codes " + String.join(", ", codes) + ".")
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(schema).example(Examples.problem(status, codes.getFirst()))));
    }
}
