package org.incidenttimeline.api.submission;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.api.json.BodyReader;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InvalidValue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a command that came otherwise than as a request of its own: in a batch, or in a line of a file. A path and a body
 * become a command in the controller that serves the path, so that there is one place that knows how.
 */
@Component
public class CommandReader implements SmartInitializingSingleton {
    /** The path, relative to the incident, that declares it. */
    public static final String DECLARATION = "";

    private static final String INCIDENTS = "/api/v1/incidents";
    private static final String INCIDENT_ID = "incidentId";
    private static final Comparator<Found> MOST_SPECIFIC_FIRST = Comparator.comparing(Found::pattern);

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final ConversionService conversions;
    private final List<Found> controllers = new ArrayList<>();

    CommandReader(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings,
            @Qualifier("mvcConversionService") ConversionService conversions) {
        this.mappings = mappings;
        this.conversions = conversions;
    }

    private record Found(PathPattern pattern, HandlerMethod method) {}

    /**
     * Finds the controllers.
     *
     * @throws IllegalStateException if one of them asks for something that only a request of its own has
     */
    @Override
    public void afterSingletonsInstantiated() {
        mappings.getObject().getHandlerMethods().forEach((mapping, method) -> {
            if (AnnotatedElementUtils.hasAnnotation(method.getBeanType(), CommandsAt.class)) {
                for (var parameter : method.getMethodParameters()) {
                    requireReadable(parameter);
                }
                var patterns = mapping.getPathPatternsCondition();
                if (patterns != null) {
                    patterns.getPatterns().forEach(pattern -> controllers.add(new Found(pattern, method)));
                }
            }
        });
    }

    /**
     * Reads a command for an incident.
     *
     * @param path where the command would be posted, relative to the incident, for instance {@code /symptoms};
     *     {@link #DECLARATION} to declare it
     * @param body what would be posted there
     * @param caller who gives the command
     * @throws org.incidenttimeline.api.problem.ProblemException as the request would be answered: {@code not-found} if the
     *     path leads to no command, {@code invalid-request} with pointers into the body, and others
     */
    public IncidentCommand read(IncidentId incident, String path, JsonNode body, Caller caller) {
        boolean declares = path.equals(DECLARATION);
        var full = PathContainer.parsePath(declares ? INCIDENTS : INCIDENTS + "/" + incident + path);
        var found = controllers.stream()
                .filter(controller -> controller.pattern().matches(full))
                .min(MOST_SPECIFIC_FIRST)
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("No command is given at the path \"" + path
                        + "\"; a path is relative to the incident, for instance /symptoms."));
        var variables = Optional.ofNullable(found.pattern().matchAndExtract(full))
                .map(PathPattern.PathMatchInfo::getUriVariables)
                .orElseGet(Map::of);
        var draft = new Draft();
        var json = declares ? naming(incident, body) : body;
        var method = found.method();
        var arguments = new Object[method.getMethodParameters().length];
        for (var parameter : method.getMethodParameters()) {
            arguments[parameter.getParameterIndex()] = argument(parameter, variables, json, caller.drafting(draft));
        }
        call(method, arguments);
        return draft.command();
    }

    private void requireReadable(MethodParameter parameter) {
        if (parameter.getParameterType() != Caller.class
                && !parameter.hasParameterAnnotation(PathVariable.class)
                && !parameter.hasParameterAnnotation(RequestBody.class)) {
            throw new IllegalStateException(
                    "a command is made of its caller, its path and its body alone, not of " + parameter);
        }
    }

    private Object argument(MethodParameter parameter, Map<String, String> variables, JsonNode body, Caller caller) {
        if (parameter.getParameterType() == Caller.class) {
            return caller;
        }
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return BodyReader.readCommand(parameter.getParameterType(), body.toString());
        }
        parameter.initParameterNameDiscovery(names);
        return variable(parameter, variables);
    }

    private Object variable(MethodParameter parameter, Map<String, String> variables) {
        String name = String.valueOf(parameter.getParameterName());
        try {
            return Optional.ofNullable(conversions.convert(
                            variables.get(name), TypeDescriptor.valueOf(String.class), new TypeDescriptor(parameter)))
                    .orElseThrow(() -> new IllegalStateException("the path has no " + name));
        } catch (ConversionException e) {
            throw ProblemCode.NOT_FOUND.because("No command is given at this path."
                    + (e.getCause() instanceof InvalidValue invalid
                            ? " The name of the " + name + " " + invalid.getMessage() + "."
                            : ""));
        }
    }

    /** A declaration in place of others' commands is of the same incident, whether it says so or not. */
    private static JsonNode naming(IncidentId incident, JsonNode body) {
        if (!(body instanceof ObjectNode declaration)) {
            return body;
        }
        var named = declaration.path(INCIDENT_ID);
        if (named.isMissingNode() || named.isNull()) {
            return declaration.deepCopy().put(INCIDENT_ID, incident.value());
        }
        if (!named.isString() || !named.stringValue().equals(incident.value())) {
            throw ProblemCode.INVALID_REQUEST.because(
                    "The declaration names another incident than the request.",
                    List.of(new FieldError("/" + INCIDENT_ID, "must be " + incident + ", or absent")));
        }
        return declaration;
    }

    private static void call(HandlerMethod method, Object[] arguments) {
        Method controller = method.getMethod();
        try {
            controller.invoke(method.createWithResolvedBean().getBean(), arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
