package org.incidenttimeline.api.freshness;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Freshness} of a request. A preference that makes no sense is passed over, as RFC 7240 asks. */
@Component
public class FreshnessResolver implements HandlerMethodArgumentResolver {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*([0-9]{1,9})\\s*(?=$|[,;])", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Freshness.class;
    }

    @Override
    public Freshness resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new Freshness(number(request, "minVersion"), number(request, "minPosition"), preferredWait(request));
    }

    private static OptionalLong number(NativeWebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return OptionalLong.empty();
        }
        if (values.length > 1 || !NUMBER.matcher(values[0]).matches()) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter " + name + " must be one whole number.");
        }
        return OptionalLong.of(Long.parseLong(values[0]));
    }

    private static Duration preferredWait(NativeWebRequest request) {
        String[] values = request.getHeaderValues("Prefer");
        if (values == null) {
            return Limits.DEFAULT_WAIT;
        }
        var wait = WAIT.matcher(String.join(",", values));
        if (!wait.find()) {
            return Limits.DEFAULT_WAIT;
        }
        var asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return asked.compareTo(Limits.WAIT) > 0 ? Limits.WAIT : asked;
    }
}
