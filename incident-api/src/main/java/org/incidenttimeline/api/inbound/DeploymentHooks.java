package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.api.inbound.Deployment.State;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.springframework.stereotype.Component;

/** Makes deployments of what GitHub and GitLab post. */
@Component
class DeploymentHooks {
    private static final int SHORT_SHA = 7;
    private static final int LONGEST_PART = 100;

    private final Identifiers identifiers;

    DeploymentHooks(Identifiers identifiers) {
        this.identifiers = identifiers;
    }

    /** Nothing where the status says nothing of how a deployment stands. */
    Optional<Deployment> of(GitHubDelivery said, Source source, Instant arrivedAt) {
        var status = said.deploymentStatus();
        var deployed = said.deployment();
        var state = status.isEmpty()
                ? Optional.of(State.QUEUED)
                : gitHubState(status.get().state());
        var repository = said.repository();
        var service = source.settings().service(repository.fullName(), repository.name());
        if (state.isEmpty() || service.isEmpty()) {
            return Optional.empty();
        }
        var environment =
                environment(status.flatMap(GitHubDelivery.Status::environment).or(deployed::environment), source);
        var at = status.map(s -> ForeignTime.read(s.createdAt(), "/deployment_status/created_at"))
                .orElseGet(() -> ForeignTime.read(deployed.createdAt(), "/deployment/created_at"));
        var what = words(
                shortened(deployed.sha()),
                Optional.of(deployed.ref()),
                environment,
                state.get(),
                status.flatMap(GitHubDelivery.Status::description).or(deployed::description));
        return Optional.of(new Deployment(
                identifiers.next().toString(),
                source.sourceId(),
                Long.toString(deployed.id()),
                ChangeKind.DEPLOY,
                service.get(),
                environment,
                state.get(),
                what,
                deployed.creator()
                        .or(said::sender)
                        .map(GitHubDelivery.User::login)
                        .flatMap(ForeignText::person),
                link(Stream.of(
                        status.flatMap(GitHubDelivery.Status::logUrl),
                        status.flatMap(GitHubDelivery.Status::targetUrl),
                        repository.htmlUrl().map(url -> url + "/deployments"))),
                happened(at, arrivedAt),
                arrivedAt));
    }

    Optional<Deployment> of(GitLabDelivery said, Source source, Instant arrivedAt) {
        var state = gitLabState(said.status());
        var project = said.project();
        var service = source.settings().service(project.pathWithNamespace(), lastPart(project.pathWithNamespace()));
        if (state.isEmpty() || service.isEmpty()) {
            return Optional.empty();
        }
        var environment = environment(said.environment(), source);
        return Optional.of(new Deployment(
                identifiers.next().toString(),
                source.sourceId(),
                project.id() + "/" + said.deploymentId(),
                ChangeKind.DEPLOY,
                service.get(),
                environment,
                state.get(),
                words(said.shortSha(), said.ref(), environment, state.get(), said.commitTitle()),
                said.user().map(GitLabDelivery.User::username).flatMap(ForeignText::person),
                link(Stream.of(said.deployableUrl(), said.commitUrl())),
                happened(ForeignTime.read(said.statusChangedAt(), "/status_changed_at"), arrivedAt),
                arrivedAt));
    }

    private static Optional<State> gitHubState(String state) {
        return switch (state) {
            case "queued", "pending" -> Optional.of(State.QUEUED);
            case "in_progress" -> Optional.of(State.RUNNING);
            case "success" -> Optional.of(State.SUCCEEDED);
            case "failure", "error" -> Optional.of(State.FAILED);
            case String _ -> Optional.empty();
        };
    }

    private static Optional<State> gitLabState(String status) {
        return switch (status) {
            case "created", "blocked" -> Optional.of(State.QUEUED);
            case "running" -> Optional.of(State.RUNNING);
            case "success" -> Optional.of(State.SUCCEEDED);
            case "failed" -> Optional.of(State.FAILED);
            case "canceled" -> Optional.of(State.CANCELLED);
            case String _ -> Optional.empty();
        };
    }

    private static Optional<Environment> environment(Optional<String> name, Source source) {
        return name.flatMap(source.settings()::environment);
    }

    private static Text words(
            Optional<String> commit,
            Optional<String> ref,
            Optional<Environment> environment,
            State state,
            Optional<String> said) {
        var words = new StringBuilder("Deployment");
        commit.flatMap(c -> ForeignText.line(c, LONGEST_PART))
                .ifPresent(c -> words.append(" of ").append(c));
        ref.flatMap(r -> ForeignText.line(r, LONGEST_PART))
                .ifPresent(r -> words.append(" (").append(r).append(')'));
        environment.ifPresent(e -> words.append(" to ").append(e));
        words.append(
                switch (state) {
                    case QUEUED -> " waits";
                    case RUNNING -> " has begun";
                    case SUCCEEDED -> " succeeded";
                    case FAILED -> " failed";
                    case CANCELLED -> " was cancelled";
                });
        said.flatMap(ForeignText::text).ifPresent(s -> words.append(": ").append(s));
        return ForeignText.text(words.toString()).orElseThrow();
    }

    private static Optional<String> shortened(String sha) {
        return Optional.of(sha.substring(0, Math.min(SHORT_SHA, sha.length())));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Optional<Reference> link(Stream<Optional<String>> addresses) {
        return addresses
                .flatMap(Optional::stream)
                .map(ForeignText::link)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A sender whose clock is ahead tells of now. */
    private static Instant happened(OffsetDateTime at, Instant arrivedAt) {
        var instant = at.toInstant().truncatedTo(ChronoUnit.MICROS);
        return instant.isAfter(arrivedAt) ? arrivedAt : instant;
    }
}
