package org.incidenttimeline.api.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What ends outside our controllers, as when a filter fails, told as a problem instead of a page of the server's. */
@Controller
class ContainerProblems implements ErrorController {
    private final ProblemWriter problems;

    ContainerProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Without a status, somebody asked for this address itself, and there is nothing here.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number
                ? number
                : HttpServletResponse.SC_NOT_FOUND;
        problems.write(response, ofStatus(status));
    }

    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> ProblemCode.NOT_FOUND.problem("There is nothing at this address.");
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED.problem("This address does not answer to this method.");
            case 406 -> ProblemCode.NOT_ACCEPTABLE.problem("The answer is application/json; accept it.");
            case 413 -> ProblemCode.BODY_TOO_LARGE.problem("The body is too large.");
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE.problem("Send the body as application/json in UTF-8.");
            default ->
                status < 500
                        ? ProblemCode.BAD_REQUEST
                                .problem("The request cannot be understood.")
                                .at(status)
                        : ProblemCode.INTERNAL_ERROR
                                .problem("Something went wrong on our side.")
                                .at(status);
        };
    }
}
