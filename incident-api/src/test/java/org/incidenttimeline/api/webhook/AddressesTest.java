package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be reached. */
class AddressesTest {
    private final Addresses addresses = new Addresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.1.2.3",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::8.8.8.8",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:2::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00::1",
                "fd00:ec2::254",
                "fdff:ffff::1",
                "fe80::1",
                "fe80::a9fe:a9fe",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
                "4000::1",
                "1::1",
                "f000::1"
            })
    void what_is_not_public_is_not_reached(String address) {
        assertThat(addresses.mayReach(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2001:4860:4860::8888",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "2001:200::1"
            })
    void what_is_public_is_reached(String address) {
        assertThat(addresses.mayReach(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void a_mapped_address_is_judged_by_what_it_maps_to_in_whatever_form_it_comes() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

        assertThat(addresses.mayReach(Inet6Address.getByAddress("host", mapped, 0)))
                .isFalse();
    }

    @Test
    void the_operator_adds_networks_and_nothing_beyond_them() {
        var more = new Addresses(List.of(Network.of("10.1.0.0/16"), Network.of("fd00:1::/32")));

        assertThat(more.mayReach(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(more.mayReach(InetAddress.ofLiteral("::ffff:10.1.2.3"))).isTrue();
        assertThat(more.mayReach(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(more.mayReach(InetAddress.ofLiteral("fd00:1::5"))).isTrue();
        assertThat(more.mayReach(InetAddress.ofLiteral("fd00:2::5"))).isFalse();
        assertThat(more.mayReach(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @Test
    void behind_a_translator_that_is_allowed_the_same_holds() {
        var more = new Addresses(List.of(Network.of("64:ff9b::/96")));

        assertThat(more.mayReach(InetAddress.ofLiteral("64:ff9b::8.8.8.8"))).isTrue();
        assertThat(more.mayReach(InetAddress.ofLiteral("64:ff9b::10.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "::/129", "example.org/8", "/8", "10.0.0.0/-1"})
    void a_network_is_written_as_one(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
