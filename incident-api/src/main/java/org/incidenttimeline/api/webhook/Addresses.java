package org.incidenttimeline.api.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Which addresses a webhook may be sent to: public ones, and what the operator adds. The ranges are those of IANA's
 * registries of special-purpose addresses (RFC 6890) that are not reachable by everybody, and those through which another
 * address is reached that cannot be judged.
 */
@Component
class Addresses {
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this host (RFC 1122)
                    "10.0.0.0/8", // private (RFC 1918)
                    "100.64.0.0/10", // shared by carriers (RFC 6598); a cloud's metadata at 100.100.100.200
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // a cloud's own services, reached from its machines only
                    "169.254.0.0/16", // link-local, where clouds serve metadata
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // IETF protocol assignments; a cloud's metadata at 192.0.0.192
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays of 6to4 (RFC 7526)
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarking
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, and broadcast
                    "2001::/23", // IETF protocol assignments, Teredo among them
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4, which wraps any IPv4 address
                    "3fff::/20") // documentation
            .map(Network::of)
            .toList();

    /** All other IPv6 is no global unicast: loopback, link-local, unique local, multicast, mapped and translated IPv4. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final Network NAT64 = Network.of("64:ff9b::/96");
    private static final Network MAPPED = Network.of("0:0:0:0:0:0:0:0/80");

    private final List<Network> alsoAllowed;

    @Autowired
    Addresses(WebhookSettings settings) {
        this(settings.allowNetworks());
    }

    Addresses(List<Network> alsoAllowed) {
        this.alsoAllowed = alsoAllowed;
    }

    boolean mayReach(InetAddress address) {
        return mayReach(address.getAddress());
    }

    private boolean mayReach(byte[] address) {
        if (address.length == 16 && MAPPED.contains(address) && address[10] == -1 && address[11] == -1) {
            return mayReach(Arrays.copyOfRange(address, 12, 16));
        }
        if (alsoAllowed.stream().anyMatch(network -> network.contains(address))) {
            // Whoever lets the translator through has not thereby opened what is behind it.
            return !NAT64.contains(address) || mayReach(Arrays.copyOfRange(address, 12, 16));
        }
        return (address.length == 4 || GLOBAL_UNICAST.contains(address))
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
