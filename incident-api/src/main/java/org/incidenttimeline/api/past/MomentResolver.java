package org.incidenttimeline.api.past;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.incidenttimeline.api.json.Times;
import org.incidenttimeline.api.page.Parameters;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.InvalidValue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Moment} of a request. */
public final class MomentResolver implements HandlerMethodArgumentResolver {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Moment.class;
    }

    @Override
    public Moment resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var moment = new Moment(time(request, "asOf"), version(request), time(request, "occurredBefore"));
        if (moment.asOf().isPresent() && moment.version().isPresent()) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameters asOf and version name one moment in two ways; give one of them.");
        }
        return moment;
    }

    private static Optional<Instant> time(NativeWebRequest request, String name) {
        return Parameters.one(request, name).map(text -> {
            try {
                return Times.instant(text);
            } catch (InvalidValue e) {
                throw ProblemCode.INVALID_PARAMETER.because("The parameter " + name + " " + e.getMessage() + ".");
            }
        });
    }

    private static OptionalLong version(NativeWebRequest request) {
        return Parameters.one(request, "version")
                .map(text -> {
                    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) < 1) {
                        throw ProblemCode.INVALID_PARAMETER.because(
                                "The parameter version must be one whole number from 1 on.");
                    }
                    return OptionalLong.of(Long.parseLong(text));
                })
                .orElse(OptionalLong.empty());
    }
}
