package org.incidenttimeline.api.access.gate;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Refuses to open to a network without encryption: keys and incidents would cross it in clear text. */
@Component
final class Binding {
    Binding(ServerProperties server, @Value("${incident.behind-tls-proxy:false}") boolean behindTlsProxy) {
        var address = server.getAddress();
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && !behindTlsProxy && !Ssl.isEnabled(server.getSsl())) {
            throw new Unencrypted(address);
        }
    }

    /** The service would be reachable without encryption. */
    static final class Unencrypted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unencrypted(@Nullable InetAddress address) {
            super("server.address is "
                    + (address == null ? "not set, which means every address" : address.getHostAddress())
                    + ", and without TLS whoever shares the network could read the keys.");
        }
    }

    /** Says what to do about it, without a stack trace. Public, since Spring Boot makes it by its name. */
    public static final class Analyzer extends AbstractFailureAnalyzer<Unencrypted> {
        @Override
        protected FailureAnalysis analyze(Throwable root, Unencrypted cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Listen on the loopback address (server.address=127.0.0.1), or give the service a certificate"
                            + " (server.ssl.bundle or server.ssl.certificate), or, where a proxy in front of it terminates"
                            + " TLS, say so with --incident.behind-tls-proxy=true.",
                    cause);
        }
    }
}
