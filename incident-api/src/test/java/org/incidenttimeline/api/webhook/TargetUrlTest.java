package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.incidenttimeline.core.event.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs a subscription may have. */
class TargetUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks",
                "/hooks",
                "//hooks.example.org/",
                "ftp://hooks.example.org/",
                "file:///etc/passwd",
                "gopher://hooks.example.org/",
                "jar:https://hooks.example.org/!/",
                "javascript:alert(1)",
                "data:text/plain,x",
                "https:hooks.example.org",
                "https:///path",
                "https://",
                "https://?x",
                "https://user@hooks.example.org/",
                "https://user:password@hooks.example.org/",
                "https://hooks.example.org@127.0.0.1/",
                "https://hooks.example.org:443@127.0.0.1/",
                "https://@127.0.0.1/",
                "https://hooks.example.org/#fragment",
                "https://hooks.example.org:0/",
                "https://hooks.example.org:65536/",
                "https://hooks.example.org:port/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://0x7f.0.0.0x1/",
                "https://0x7f.1/",
                "https://1.1.1.1 @127.0.0.1/",
                "https://hooks.example.org\\@127.0.0.1/",
                "https://hooks.example.org\\.internal/",
                "https://hooks.example.org/a b",
                "https://hooks.example.org/\r\nHost: internal",
                "https://hooks.example.org/\t",
                "https://\u2460\u2461\u2466.0.0.1/",
                "https://ex\u00E4mple.org/",
                "https://hooks_internal/",
                "https://[::1/",
                "https://[fe80::1%25eth0]/",
                "https://[v1.x]/"
            })
    void what_is_no_plain_url_of_a_host_is_refused(String url) {
        assertThatThrownBy(() -> new TargetUrl(url)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.org, hooks.example.org, 443",
        "https://hooks.example.org/path?query=1, hooks.example.org, 443",
        "HTTPS://hooks.example.org:8443/, hooks.example.org, 8443",
        "http://hooks.example.org/, hooks.example.org, 80",
        "https://8.8.8.8/, 8.8.8.8, 443",
        "https://[2606:4700:4700::1111]/, [2606:4700:4700::1111], 443",
        "https://xn--exmple-cua.org/, xn--exmple-cua.org, 443"
    })
    void a_url_names_its_host_and_port(String text, String host, int port) {
        var url = new TargetUrl(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
    }

    private static String objectionTo(String url) {
        return targets(false, List.of()).objectionNow(new TargetUrl(url)).orElse("");
    }

    private static Targets targets(boolean allowHttp, List<Integer> ports) {
        var settings = new WebhookSettings(
                allowHttp, List.of(), ports, List.of(Duration.ZERO), Duration.ofSeconds(1), Duration.ofSeconds(2));
        return new Targets(settings, new CheckedResolver(InetAddress::getAllByName, new Addresses(settings)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://LOCALHOST/",
                "https://127.0.0.1/",
                "https://127.0.0.1:8443/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[0:0:0:0:0:ffff:7f00:1]/",
                "https://[fd00:ec2::254]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://0.0.0.0/",
                "http://8.8.8.8/"
            })
    void a_url_of_a_place_that_is_not_public_is_objected_to(String url) {
        assertThat(objectionTo(url)).isNotEmpty();
    }

    @Test
    void the_operator_decides_about_http_and_ports() {
        assertThat(objectionTo("https://8.8.8.8:9/")).isEmpty();
        assertThat(targets(true, List.of()).objectionNow(new TargetUrl("http://8.8.8.8/")))
                .isEmpty();
        assertThat(targets(true, List.of(443)).objectionNow(new TargetUrl("https://8.8.8.8:8443/")))
                .isPresent();
        assertThat(targets(true, List.of(443)).objectionNow(new TargetUrl("https://8.8.8.8/")))
                .isEmpty();
    }
}
