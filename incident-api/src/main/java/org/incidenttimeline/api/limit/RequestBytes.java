package org.incidenttimeline.api.limit;

import jakarta.servlet.ServletRequest;

/** The body of a request as it arrived, for whoever needs it besides the one who reads it. */
public final class RequestBytes {
    private static final String ATTRIBUTE = RequestBytes.class.getName();

    private RequestBytes() {}

    static void keep(ServletRequest request, byte[] body) {
        request.setAttribute(ATTRIBUTE, body);
    }

    /** The bytes; none where the body was not kept, because it is read as a stream. */
    public static byte[] of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
    }
}
