package org.incidenttimeline.api.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.incidenttimeline.api.testing.RunningService;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every address that the running application has a controller for.
 *
 * @param method the method that it answers to
 * @param pattern its path, without what its variables have to look like
 */
record Route(String method, String pattern) {
    private static final Pattern CONSTRAINT = Pattern.compile("\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}");
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> NUMBERED = Map.ofEntries(
            Map.entry("freeze", "freeze-1"),
            Map.entry("change", "change-1"),
            Map.entry("hypothesis", "hypothesis-1"),
            Map.entry("test", "test-1"),
            Map.entry("mitigation", "mitigation-1"),
            Map.entry("entry", "1"),
            Map.entry("request", "1"),
            Map.entry("finding", "finding-1"),
            Map.entry("action", "action-1"),
            Map.entry("role", "LEAD"),
            Map.entry("inject", "inject-1"),
            Map.entry("step", "1"),
            Map.entry("revision", "1"));

    static List<Route> of(RunningService service) {
        var all = new ArrayList<Route>();
        service.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .forEach(info -> info.getPatternValues().forEach(path -> {
                    var methods = info.getMethodsCondition().getMethods();
                    String pattern = CONSTRAINT.matcher(path).replaceAll("{$1}");
                    if (methods.isEmpty()) {
                        all.add(new Route("*", pattern));
                    }
                    methods.stream().map(RequestMethod::name).forEach(m -> all.add(new Route(m, pattern)));
                }));
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::method))
                .toList();
    }

    /** The path with its variables filled in, the incident's with this one. */
    String path(String incident) {
        return VARIABLE.matcher(pattern)
                .replaceAll(v ->
                        v.group(1).equals("incident") ? incident : NUMBERED.getOrDefault(v.group(1), "nobodyskey22"));
    }

    boolean isOfOneIncident() {
        return pattern.contains("{incident}");
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
