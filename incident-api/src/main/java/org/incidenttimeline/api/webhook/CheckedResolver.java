package org.incidenttimeline.api.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.stereotype.Component;

/**
 * Resolves a host for the HTTP client, which connects to the very addresses that were checked here: a name that resolves
 * to another address a moment later (DNS rebinding) gains nothing. Where one of several addresses may not be reached, none
 * is.
 */
@Component
class CheckedResolver implements DnsResolver {
    private final Resolver resolver;
    private final Addresses addresses;

    /** The host has an address that may not be reached. */
    static final class NotAllowed extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        private NotAllowed() {
            super("The host has an address that may not be reached.");
        }
    }

    CheckedResolver(Resolver resolver, Addresses addresses) {
        this.resolver = resolver;
        this.addresses = addresses;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = resolver.addressesOf(host);
        if (found.length == 0) {
            throw new UnknownHostException("The host has no address.");
        }
        if (!Arrays.stream(found).allMatch(addresses::mayReach)) {
            throw new NotAllowed();
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
