package org.incidenttimeline.api.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Page} of a request. */
public class PageResolver implements HandlerMethodArgumentResolver {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** What a caller may change between two parts of one list. */
    private static final Set<String> NO_FILTERS = Set.of("limit", "cursor", "minPosition", "minVersion");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Page.class;
    }

    @Override
    public Page resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new Page(
                Parameters.one(request, "limit").map(PageResolver::limit).orElse(Limits.DEFAULT_PAGE),
                Parameters.one(request, "cursor"),
                list(request));
    }

    private static int limit(String text) {
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > Limits.PAGE) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter limit must be a whole number from 1 to " + Limits.PAGE + ".");
        }
        return limit;
    }

    private static String list(NativeWebRequest request) {
        var filters = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (!NO_FILTERS.contains(name)) {
                filters.put(name, Arrays.stream(values).sorted().collect(Collectors.joining("\0")));
            }
        });
        return path(request)
                + filters.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\0\0", "\0\0", ""));
    }

    private static String path(NativeWebRequest request) {
        var servlet = request.getNativeRequest(HttpServletRequest.class);
        return servlet == null ? "" : servlet.getRequestURI();
    }
}
