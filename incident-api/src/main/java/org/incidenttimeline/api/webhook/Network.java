package org.incidenttimeline.api.webhook;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation (RFC 4632, RFC 4291), for instance {@code 10.0.0.0/8}. */
final class Network {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]+)/([0-9]{1,3})");

    private final byte[] base;
    private final int prefix;
    private final String text;

    private Network(byte[] base, int prefix, String text) {
        this.base = base;
        this.prefix = prefix;
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is none */
    static Network of(String text) {
        var form = FORM.matcher(text);
        if (form.matches()) {
            byte[] base = InetAddress.ofLiteral(form.group(1)).getAddress();
            int prefix = Integer.parseInt(form.group(2));
            if (prefix <= base.length * 8) {
                return new Network(base, prefix, text);
            }
        }
        throw new IllegalArgumentException(text + " is no network, as 10.0.0.0/8 or fd00::/8 is");
    }

    /** For Spring's conversion of settings. */
    public static Network valueOf(String text) {
        return of(text);
    }

    boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
