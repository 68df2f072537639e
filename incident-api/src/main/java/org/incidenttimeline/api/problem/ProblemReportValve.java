package org.incidenttimeline.api.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * What Tomcat refuses before any of our code sees it, as a request line that is not HTTP, told as a problem instead of a
 * page of HTML. Public, since Tomcat makes it by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (!writable.get()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body(ContainerProblems.ofStatus(status)));
            response.finishResponse();
        } catch (IOException _) {
            // The caller has gone; there is nobody left to tell.
        }
    }

    /** Our own words only, without a character that JSON escapes, so that no mapper is needed this far out. */
    private static byte[] body(Problem problem) {
        return """
                {"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s"}""".formatted(problem.type(), problem.title(), problem.status(), problem.detail(), problem.code())
                .getBytes(StandardCharsets.UTF_8);
    }
}
