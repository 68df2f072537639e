package org.incidenttimeline.api.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
}
