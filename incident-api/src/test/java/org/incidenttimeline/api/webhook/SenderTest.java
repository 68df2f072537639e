package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.incidenttimeline.api.webhook.Attempt.Outcome;
import org.incidenttimeline.api.webhook.Attempt.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One attempt, against targets that are well and ill behaved. */
class SenderTest {
    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");
    private static final Network LOOPBACK = Network.of("127.0.0.0/8");
    private static final Message MESSAGE = new Message("id", NOW, "{}", "v1,x");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    private Sender sender(Resolver resolver, List<Network> allowed, SSLContext tls) {
        var settings = new WebhookSettings(
                true, allowed, List.of(), List.of(Duration.ZERO), Duration.ofSeconds(2), Duration.ofSeconds(4));
        var sender = new Sender(
                settings,
                new CheckedResolver(resolver, new Addresses(settings)),
                tls,
                Clock.fixed(NOW, ZoneOffset.UTC));
        opened.add(sender);
        return sender;
    }

    private Sender sender(List<Network> allowed) throws Exception {
        return sender(InetAddress::getAllByName, allowed, SSLContext.getDefault());
    }

    private Receiver receiver() throws IOException {
        var receiver = new Receiver();
        opened.add(receiver);
        return receiver;
    }

    @Test
    void what_is_not_public_is_not_connected_to() throws Exception {
        var receiver = receiver();

        var result = sender(List.of()).send(new TargetUrl(receiver.url()), MESSAGE);

        assertThat(result.outcome()).isEqualTo(Outcome.TARGET_NOT_ALLOWED);
        assertThat(receiver.received()).isEmpty();
    }

    /** The name resolves to a public address when it is subscribed, and to loopback when it is sent to. */
    @Test
    void a_name_that_is_turned_around_later_reaches_nothing() throws Exception {
        var receiver = receiver();
        var asked = new AtomicInteger();
        Resolver turning = _ ->
                new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1")};
        var settings = new WebhookSettings(
                true, List.of(), List.of(), List.of(Duration.ZERO), Duration.ofSeconds(2), Duration.ofSeconds(4));
        var targets = new Targets(settings, new CheckedResolver(turning, new Addresses(settings)));
        var url = new TargetUrl(receiver.url().replace("127.0.0.1", "turning.example"));

        assertThat(targets.objectionNow(url)).isEmpty();
        var result = sender(turning, List.of(), SSLContext.getDefault()).send(url, MESSAGE);

        assertThat(result.outcome()).isEqualTo(Outcome.TARGET_NOT_ALLOWED);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_name_with_one_address_that_may_not_be_reached_is_not_reached_at_all() throws Exception {
        Resolver both = _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1")};
        var receiver = receiver();

        var result = sender(both, List.of(LOOPBACK), SSLContext.getDefault())
                .send(new TargetUrl(receiver.url().replace("127.0.0.1", "both.example")), MESSAGE);

        assertThat(result.outcome()).isEqualTo(Outcome.TARGET_NOT_ALLOWED);
        assertThat(receiver.received()).isEmpty();
    }

    /** Asked twice, the name has two addresses; the attempt asks once, and connects to what it was told. */
    @Test
    void an_attempt_resolves_once_and_connects_to_what_was_checked() throws Exception {
        var receiver = receiver();
        var asked = new AtomicInteger();
        Resolver counting = _ -> {
            asked.incrementAndGet();
            return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        };
        var sender = sender(counting, List.of(LOOPBACK), SSLContext.getDefault());
        var url = new TargetUrl(receiver.url().replace("127.0.0.1", "receiver.example"));

        assertThat(sender.send(url, MESSAGE).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(asked).hasValue(1);
        assertThat(sender.send(url, MESSAGE).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(asked).as("no connection is used again").hasValue(2);
        assertThat(receiver.received().getFirst().header("Host")).startsWith("receiver.example:");
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() throws Exception {
        var elsewhere = receiver();
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Location", elsewhere.url());
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });

        var result = sender(List.of(LOOPBACK)).send(server, MESSAGE);

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.status()).hasValue(307);
        assertThat(elsewhere.received()).isEmpty();
    }

    @Test
    void the_proxy_of_the_environment_is_not_asked() throws Exception {
        var proxy = receiver();
        var receiver = receiver();
        String port = proxy.url().replaceAll(".*:([0-9]+)/.*", "$1");
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", port);
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThat(sender(List.of(LOOPBACK))
                            .send(new TargetUrl(receiver.url()), MESSAGE)
                            .outcome())
                    .isEqualTo(Outcome.DELIVERED);
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
        assertThat(proxy.received()).isEmpty();
    }

    @Test
    void of_an_answer_only_the_beginning_is_kept_and_nothing_in_it_deceives() throws Exception {
        var server = server(exchange -> {
            byte[] body = ("no\u0000 \u202Eway\r\n" + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        var answer = sender(List.of(LOOPBACK)).send(server, MESSAGE).answer().orElseThrow();

        assertThat(answer).startsWith("no way x").hasSizeLessThanOrEqualTo(256);
    }

    /** The target answers, and then goes on for ever; the answer counts all the same. */
    @Test
    @Timeout(20)
    void an_answer_without_end_is_cut_off() throws Exception {
        var server = server(exchange -> {
            exchange.sendResponseHeaders(503, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] part = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
                while (true) {
                    body.write(part);
                    body.flush();
                }
            } catch (IOException _) {
                // It was cut off, as it should be.
            }
        });

        var result = sender(List.of(LOOPBACK)).send(server, MESSAGE);

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.status()).hasValue(503);
    }

    @Test
    @Timeout(20)
    void a_target_that_does_not_answer_times_out() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var result = sender(List.of(LOOPBACK))
                    .send(new TargetUrl("http://127.0.0.1:" + silent.getLocalPort() + "/"), MESSAGE);

            assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        }
    }

    @Test
    @Timeout(20)
    void a_target_that_drips_times_out_too() throws Exception {
        try (var dripping = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(dripping));
            var result = sender(List.of(LOOPBACK))
                    .send(new TargetUrl("http://127.0.0.1:" + dripping.getLocalPort() + "/"), MESSAGE);

            assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        }
    }

    private static void drip(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write("X-More: more\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                LockSupport.parkNanos(100_000_000);
            }
        } catch (IOException _) {
            // The sender has had enough.
        }
    }

    @Test
    void nobody_there_and_no_such_name_are_told_apart() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Resolver nothing = host -> {
            throw new UnknownHostException(host);
        };

        assertThat(sender(List.of(LOOPBACK))
                        .send(new TargetUrl("http://127.0.0.1:" + closed + "/"), MESSAGE)
                        .outcome())
                .isEqualTo(Outcome.UNREACHABLE);
        assertThat(sender(nothing, List.of(), SSLContext.getDefault())
                        .send(new TargetUrl("http://no.example/"), MESSAGE)
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN_HOST);
    }

    @Test
    void what_the_target_asks_for_is_heard_within_a_day() throws Exception {
        assertThat(retryAfter("120")).isEqualTo(NOW.plusSeconds(120));
        assertThat(retryAfter("Mon, 02 Mar 2026 15:00:00 GMT")).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(retryAfter("999999999")).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    private Instant retryAfter(String value) throws Exception {
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", value);
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        return sender(List.of(LOOPBACK)).send(server, MESSAGE).retryAfter().orElseThrow();
    }

    /** The connection goes to the checked address; the certificate must be that of the name in the URL. */
    @Test
    void the_certificate_is_checked_against_the_name(@TempDir Path directory) throws Exception {
        var keys = keys(directory, "receiver.example");
        var named = new ArrayList<String>();
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            session.getRequestedServerNames().forEach(name -> named.add(((SNIHostName) name).getAsciiName()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        opened.add(() -> server.stop(0));
        Resolver local = _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        var sender = sender(local, List.of(LOOPBACK), tls(keys));
        int port = server.getAddress().getPort();

        assertThat(sender.send(new TargetUrl("https://receiver.example:" + port + "/"), MESSAGE)
                        .outcome())
                .isEqualTo(Outcome.DELIVERED);
        assertThat(named).containsExactly("receiver.example");
        assertThat(sender.send(new TargetUrl("https://other.example:" + port + "/"), MESSAGE)
                        .outcome())
                .isEqualTo(Outcome.TLS_FAILED);
        Result untrusted = sender(local, List.of(LOOPBACK), SSLContext.getDefault())
                .send(new TargetUrl("https://receiver.example:" + port + "/"), MESSAGE);
        assertThat(untrusted.outcome()).isEqualTo(Outcome.TLS_FAILED);
    }

    private static KeyStore keys(Path directory, String host) throws Exception {
        Path file = directory.resolve("keys.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool").toFile())
                .start()
                .waitFor();
        assertThat(made).as(Files.readString(directory.resolve("keytool"))).isZero();
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }

    private static SSLContext tls(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        var certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("receiver", keys.getCertificate("receiver"));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private TargetUrl server(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        opened.add(() -> server.stop(0));
        return new TargetUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
