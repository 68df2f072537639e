package org.incidenttimeline.api;

import java.time.Instant;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.incidenttimeline.api.access.PrincipalResolver;
import org.incidenttimeline.api.freshness.FreshnessResolver;
import org.incidenttimeline.api.json.RequestReader;
import org.incidenttimeline.api.json.Times;
import org.incidenttimeline.api.page.PageResolver;
import org.incidenttimeline.api.past.MomentResolver;
import org.incidenttimeline.api.problem.ProblemReportValve;
import org.incidenttimeline.api.submission.CallerResolver;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Identifiers;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the web framework and its server are to read requests for us. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    Identifiers identifiers() {
        return Identifiers.timeOrdered();
    }

    @Bean
    WebMvcConfigurer requestReading(CallerResolver callers, FreshnessResolver freshness, PrincipalResolver principals) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.addCustomConverter(new RequestReader(WebConfiguration::isOfACommand));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(callers);
                resolvers.add(freshness);
                resolvers.add(principals);
                resolvers.add(new PageResolver());
                resolvers.add(new MomentResolver());
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverter(String.class, Instant.class, Times::instant);
            }
        };
    }

    private static boolean isOfACommand(Class<?> body) {
        var controller = body.getEnclosingClass();
        return controller != null && controller.isAnnotationPresent(CommandsAt.class);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }
}
