package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** What GitHub posts for {@code deployment} and {@code deployment_status}, without what we have no use for. */
@JsonIgnoreProperties(ignoreUnknown = true)
record GitHubDelivery(
        @JsonProperty("deployment_status") Optional<Status> deploymentStatus,
        Deployed deployment,
        Repository repository,
        Optional<User> sender) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Status(
            String state,
            Optional<String> description,
            Optional<String> environment,
            @JsonProperty("log_url") Optional<String> logUrl,
            @JsonProperty("target_url") Optional<String> targetUrl,
            Optional<User> creator,
            @JsonProperty("created_at") String createdAt) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Deployed(
            long id,
            String sha,
            String ref,
            Optional<String> environment,
            Optional<String> description,
            Optional<User> creator,
            @JsonProperty("created_at") String createdAt) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Repository(
            String name,
            @JsonProperty("full_name") String fullName,
            @JsonProperty("html_url") Optional<String> htmlUrl) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record User(String login) {}
}
