package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** What GitLab posts for a deployment, without what we have no use for. */
@JsonIgnoreProperties(ignoreUnknown = true)
record GitLabDelivery(
        String status,
        @JsonProperty("status_changed_at") String statusChangedAt,
        @JsonProperty("deployment_id") long deploymentId,
        @JsonProperty("deployable_url") Optional<String> deployableUrl,
        Optional<String> environment,
        Project project,
        Optional<String> ref,
        @JsonProperty("short_sha") Optional<String> shortSha,
        Optional<User> user,
        @JsonProperty("commit_url") Optional<String> commitUrl,
        @JsonProperty("commit_title") Optional<String> commitTitle) {

    /** What a delivery is about. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Kind(@JsonProperty("object_kind") String objectKind) {
        boolean isDeployment() {
            return objectKind.equals("deployment");
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Project(
            long id,
            String name,
            @JsonProperty("path_with_namespace") String pathWithNamespace) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record User(String username) {}
}
