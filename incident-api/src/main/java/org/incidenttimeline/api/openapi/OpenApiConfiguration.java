package org.incidenttimeline.api.openapi;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.AccessRules;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.problem.Problem;
import org.incidenttimeline.api.submission.Caller;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The description of the interface, served at {@code /api/v1/openapi.json}, and the page that shows it. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    static {
        // What our resolvers make of headers and query is described by Operations.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, Freshness.class, Moment.class, Page.class, Principal.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Incident Timeline")
                        .version("v1")
                        .description("The system of record for incidents. Commands go in as JSON and become immutable"
                                + " events; every read is computed from them. Errors are problem details (RFC"
                                + " 9457) with a stable code.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                "apiKey",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("itl_<id>_<secret>")
                                        .description("An API key of this installation."))
                        .addSecuritySchemes(
                                "oidc",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description(
                                                "An access token of the OpenID Connect provider that is configured.")))
                .security(List.of(
                        new SecurityRequirement().addList("apiKey"), new SecurityRequirement().addList("oidc")));
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    Operations operations() throws IOException {
        return new Operations(new Examples());
    }

    @Bean
    GlobalOpenApiCustomizer whole() {
        return description -> {
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(description.getComponents()::addSchemas);
            description
                    .getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> AccessRules.rule(HttpMethod.valueOf(method.name()), path)
                                    .ifPresent(rule -> sayWhoMay(operation, rule))));
            description.setTags(description.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .flatMap(operation -> operation.getTags().stream())
                    .distinct()
                    .sorted()
                    .map(name -> new Tag().name(name))
                    .toList());
        };
    }

    private static void sayWhoMay(Operation operation, AccessRules.Rule rule) {
        if (rule.anyone()) {
            operation.setSecurity(List.of());
            return;
        }
        var roles = rule.roles().stream().sorted().map(AccessRole::name).toList();
        operation.addExtension("x-roles", roles);
        operation.setDescription(
                operation.getDescription() + "\n\nOne of these roles is needed: " + String.join(", ", roles) + ".");
    }
}
