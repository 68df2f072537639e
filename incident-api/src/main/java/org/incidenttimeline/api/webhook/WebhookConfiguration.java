package org.incidenttimeline.api.webhook;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What webhooks need of the world: names resolved, connections made. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookConfiguration {
    @Bean
    Resolver resolver() {
        return InetAddress::getAllByName;
    }

    @Bean
    Sender sender(WebhookSettings settings, CheckedResolver resolver, Clock clock) throws NoSuchAlgorithmException {
        return new Sender(settings, resolver, SSLContext.getDefault(), clock);
    }
}
