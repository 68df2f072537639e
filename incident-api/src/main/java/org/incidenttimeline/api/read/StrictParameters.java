package org.incidenttimeline.api.read;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.problem.ProblemCode;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that a read does not have, and such as say nothing: a filter that is misspelt and passed over would
 * give an answer to another question.
 */
@Configuration(proxyBeanMethods = false)
class StrictParameters implements WebMvcConfigurer, HandlerInterceptor {
    private static final Set<String> STRICT = Set.of(
            StrictParameters.class.getPackageName(),
            "org.incidenttimeline.api.audit",
            "org.incidenttimeline.api.register");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod read
                && STRICT.contains(read.getBeanType().getPackageName())) {
            check(request, read);
        }
        return true;
    }

    private static void check(HttpServletRequest request, HandlerMethod read) {
        var known = parameters(read);
        request.getParameterMap().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw ProblemCode.INVALID_PARAMETER.because(
                        known.isEmpty()
                                ? "This address has no parameters."
                                : "This address has no such parameter; it has " + String.join(", ", known) + ".");
            }
            if (Arrays.stream(values).anyMatch(String::isBlank)) {
                throw ProblemCode.INVALID_PARAMETER.because("The parameter " + name + " must have a value.");
            }
        });
    }

    private static SortedSet<String> parameters(HandlerMethod read) {
        boolean one = Arrays.stream(read.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
        var names = new TreeSet<String>();
        Arrays.stream(read.getMethodParameters())
                .flatMap(parameter -> names(parameter, one))
                .forEach(names::add);
        return names;
    }

    private static Stream<String> names(MethodParameter parameter, boolean one) {
        if (parameter.getParameterType() == Freshness.class) {
            return Stream.of(one ? "minVersion" : "minPosition");
        }
        if (parameter.getParameterType() == Moment.class) {
            var when = Stream.of("asOf", "occurredBefore");
            return one ? Stream.concat(when, Stream.of("version")) : when;
        }
        if (parameter.getParameterType() == Page.class) {
            return Stream.of("limit", "cursor");
        }
        return parameter.hasParameterAnnotation(RequestParam.class)
                ? Stream.of(parameter.getParameter().getName())
                : Stream.empty();
    }
}
