package org.incidenttimeline.api.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.incidenttimeline.api.live.CloudEvents;
import org.incidenttimeline.api.webhook.Attempt.Outcome;
import org.incidenttimeline.api.webhook.Attempt.Result;

/**
 * Sends one message to one target. Every attempt opens a connection of its own, to an address that was checked for it; no
 * redirect is followed, no proxy used, no cookie kept, and of the answer only the beginning is read.
 */
final class Sender implements AutoCloseable {
    private static final int ANSWER_BYTES = 256;
    private static final Duration MOST_WAITED_FOR_TARGET = Duration.ofHours(24);

    private final CloseableHttpClient http;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("webhook-deadlines").factory());
    private final WebhookSettings settings;
    private final Clock clock;

    Sender(WebhookSettings settings, CheckedResolver resolver, SSLContext tls, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        var patience = Timeout.of(settings.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setMaxConnTotal(Deliveries.MOST_AT_ONCE * 2)
                .setMaxConnPerRoute(Deliveries.MOST_AT_ONCE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(patience)
                        .setSocketTimeout(patience)
                        .build())
                .build();
        http = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(patience)
                        .setResponseTimeout(patience)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Incident-Timeline")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    Result send(TargetUrl target, Message message) {
        long begun = System.nanoTime();
        var request = new HttpPost(target.uri());
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", Long.toString(message.sentAt().getEpochSecond()));
        request.setHeader("webhook-signature", message.signatures());
        request.setEntity(
                new StringEntity(message.body(), ContentType.create(CloudEvents.MEDIA_TYPE, StandardCharsets.UTF_8)));
        // The client's own timeouts count from byte to byte; a target that drips must not outlast them.
        var late = new AtomicBoolean();
        var deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                settings.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            var response = http.executeOpen(RoutingSupport.determineHost(request), request, null);
            try {
                return result(response, begun);
            } finally {
                // Closing alone would read what is left of the answer, however much that is.
                request.cancel();
                Closer.closeQuietly(response);
            }
        } catch (IOException | HttpException e) {
            return Result.of(late.get() ? Outcome.TIMED_OUT : outcome(e), millisSince(begun));
        } finally {
            deadline.cancel(false);
        }
    }

    private Result result(ClassicHttpResponse response, long begun) throws IOException {
        int status = response.getCode();
        var outcome = status / 100 == 2 ? Outcome.DELIVERED : status == 410 ? Outcome.GONE : Outcome.REFUSED;
        var answer = outcome == Outcome.DELIVERED ? Optional.<String>empty() : beginning(response);
        return new Result(outcome, OptionalInt.of(status), answer, millisSince(begun), retryAfter(response));
    }

    private static Outcome outcome(Exception e) {
        return switch (e) {
            case CheckedResolver.NotAllowed _ -> Outcome.TARGET_NOT_ALLOWED;
            case UnknownHostException _ -> Outcome.UNKNOWN_HOST;
            case SSLException _ -> Outcome.TLS_FAILED;
            case InterruptedIOException _ -> Outcome.TIMED_OUT;
            case Exception _ -> Outcome.UNREACHABLE;
        };
    }

    /** The first bytes, in characters that deceive nobody who reads them. */
    private static Optional<String> beginning(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return Optional.empty();
        }
        // Not closed, which would read the rest.
        byte[] bytes = entity.getContent().readNBytes(ANSWER_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("[\\p{C}\\p{Z}\\uFFFD]+", " ")
                .strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Optional<Instant> retryAfter(ClassicHttpResponse response) {
        var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        if (header == null) {
            return Optional.empty();
        }
        var now = clock.instant();
        var latest = now.plus(MOST_WAITED_FOR_TARGET);
        String value = header.getValue().strip();
        var asked = value.matches("[0-9]{1,9}")
                ? now.plusSeconds(Long.parseLong(value))
                : DateUtils.parseStandardDate(value);
        return Optional.ofNullable(asked).map(at -> at.isAfter(latest) ? latest : at);
    }

    private static int millisSince(long begun) {
        return (int) Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }
}
