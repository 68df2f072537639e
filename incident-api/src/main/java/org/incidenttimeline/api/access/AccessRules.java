package org.incidenttimeline.api.access;

import static org.incidenttimeline.api.access.AccessRole.ADMIN;
import static org.incidenttimeline.api.access.AccessRole.AUDITOR;
import static org.incidenttimeline.api.access.AccessRole.AUTHOR;
import static org.incidenttimeline.api.access.AccessRole.COMMUNICATOR;
import static org.incidenttimeline.api.access.AccessRole.REPORTER;
import static org.incidenttimeline.api.access.AccessRole.RESPONDER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call what: the one table, which docs/api/access.md repeats and AccessMatrixTest holds against every endpoint.
 * What is not in it, nobody may call.
 */
public final class AccessRules {
    private static final AccessRole[] EVERYONE = AccessRole.values();

    private static final List<Rule> TABLE = List.of(
            // No credential of ours: health says up or down, and an inbound adapter verifies its own sender.
            anyone(GET, "/actuator/health"),
            anyone(POST, "/api/v1/inbound/**"),
            // The description of the interface and the page that shows it hold nothing of any incident.
            anyone(GET, "/api/v1/openapi.json"),
            anyone(GET, "/api/v1/openapi.json.yaml"),
            anyone(GET, "/api/v1/openapi.json/swagger-config"),
            anyone(GET, "/api/docs"),
            anyone(GET, "/api/swagger-ui/**"),
            // Telling of what happens.
            rule(POST, "/api/v1/incidents", REPORTER, RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/symptoms", REPORTER, RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/changes", REPORTER, RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/evidence", REPORTER, RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/notes", REPORTER, RESPONDER, COMMUNICATOR, AUTHOR),
            // Working on the incident.
            rule(POST, "/api/v1/incidents/{incident}/roles", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/roles/{role}/handover", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/severity", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/impacts", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/cancellation", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/merge", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/freezes", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/freezes/{freeze}/exceptions", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/freezes/{freeze}/lift", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/changes/{change}/link", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/hypotheses", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/hypotheses/{hypothesis}/primary", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/hypotheses/{hypothesis}/evidence", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/hypotheses/{hypothesis}/set-aside", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/hypotheses/{hypothesis}/tests", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/tests/{test}/conclusion", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/mitigations", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/mitigations/{mitigation}/completion", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/mitigations/{mitigation}/failure", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/mitigations/{mitigation}/rollback", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/recovery-checks", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/reopening", RESPONDER),
            // Telling others.
            rule(POST, "/api/v1/incidents/{incident}/communication-plans", RESPONDER, COMMUNICATOR),
            rule(POST, "/api/v1/incidents/{incident}/updates", RESPONDER, COMMUNICATOR),
            // Learning from it.
            rule(POST, "/api/v1/incidents/{incident}/entries/{entry}/correction", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/entries/{entry}/pin", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/entries/{entry}/unpin", RESPONDER, AUTHOR),
            // Taking words out: one asks, and another one approves.
            rule(POST, "/api/v1/incidents/{incident}/entries/{entry}/redaction-request", RESPONDER, AUTHOR, ADMIN),
            rule(POST, "/api/v1/incidents/{incident}/redaction-requests/{request}/approval", AUDITOR, ADMIN),
            rule(POST, "/api/v1/incidents/{incident}/review", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/findings", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/findings/{finding}/revision", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/postmortem/publication", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/closure", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/actions", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/actions/{action}/reassignment", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/actions/{action}/rescheduling", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/actions/{action}/completion", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/actions/{action}/drop", RESPONDER, AUTHOR),
            // Practising: who writes the script knows what is to come, and those who practise must not.
            rule(POST, "/api/v1/incidents/{incident}/exercise/script", AUTHOR),
            rule(GET, "/api/v1/incidents/{incident}/exercise/script", AUTHOR, AUDITOR),
            rule(POST, "/api/v1/incidents/{incident}/exercise/injects/{inject}/delivery", AUTHOR),
            rule(POST, "/api/v1/incidents/{incident}/exercise/end", AUTHOR),
            // Several of them at once; what each may do is asked for each.
            rule(POST, "/api/v1/incidents/{incidentId}/commands", REPORTER, RESPONDER, COMMUNICATOR, AUTHOR),
            // Entering what records kept elsewhere tell; it reaches only incidents that were entered afterwards.
            rule(POST, "/api/v1/incidents/{imported}/import", AUTHOR, ADMIN),
            rule(POST, "/api/v1/incidents/{incident}/imported-entries", AUTHOR, ADMIN),
            rule(POST, "/api/v1/imports", AUTHOR, ADMIN),
            rule(GET, "/api/v1/imports/{id}", AUTHOR, AUDITOR, ADMIN),
            rule(GET, "/api/v1/imports/{id}/report", AUTHOR, AUDITOR, ADMIN),
            // Duties to report; whoever writes the record tells of them when the response is over, too.
            rule(POST, "/api/v1/incidents/{incident}/awareness", RESPONDER, AUTHOR, ADMIN),
            rule(POST, "/api/v1/incidents/{incident}/classifications", RESPONDER, AUTHOR, ADMIN),
            rule(POST, "/api/v1/incidents/{incident}/notifications", RESPONDER, AUTHOR, ADMIN),
            // What responders are told beforehand.
            rule(POST, "/api/v1/incidents/{incident}/runbooks", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/runbooks/{runbook}/steps/{step}/completion", RESPONDER),
            rule(POST, "/api/v1/incidents/{incident}/playbook", RESPONDER),
            rule(POST, "/api/v1/runbooks", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/runbooks/{runbook}/revision", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/runbooks/{runbook}/approval", AUTHOR, ADMIN),
            rule(POST, "/api/v1/runbooks/{runbook}/retirement", AUTHOR, ADMIN),
            rule(POST, "/api/v1/playbooks", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/playbooks/{playbook}/revision", RESPONDER, AUTHOR),
            rule(POST, "/api/v1/playbooks/{playbook}/approval", AUTHOR, ADMIN),
            rule(POST, "/api/v1/playbooks/{playbook}/retirement", AUTHOR, ADMIN),
            // Reading.
            rule(GET, "/api/v1/events", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/recent-changes", EVERYONE),
            rule(GET, "/api/v1/deployments", EVERYONE),
            rule(GET, "/api/v1/incidents", EVERYONE),
            rule(GET, "/api/v1/search", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/timeline", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/rhythm", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/duties", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/redactions", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/difference", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/postmortem", EVERYONE),
            rule(GET, "/api/v1/status-board", EVERYONE),
            rule(GET, "/api/v1/freezes", EVERYONE),
            rule(GET, "/api/v1/freezes/check", EVERYONE),
            rule(GET, "/api/v1/actions", EVERYONE),
            rule(GET, "/api/v1/runbooks", EVERYONE),
            rule(GET, "/api/v1/runbooks/{runbook}", EVERYONE),
            rule(GET, "/api/v1/runbooks/{runbook}/revisions/{revision}", EVERYONE),
            rule(GET, "/api/v1/playbooks", EVERYONE),
            rule(GET, "/api/v1/playbooks/{playbook}", EVERYONE),
            rule(GET, "/api/v1/playbooks/{playbook}/revisions/{revision}", EVERYONE),
            rule(GET, "/api/v1/incidents/{incident}/runbooks", EVERYONE),
            rule(GET, "/api/v1/denied-requests", AUDITOR, ADMIN),
            rule(GET, "/api/v1/rebuilds", AUDITOR, ADMIN),
            rule(GET, "/api/v1/rebuilds/{rebuild}", AUDITOR, ADMIN),
            // The log itself, which hides nothing; reading it is put on record.
            rule(GET, "/api/v1/log", AUDITOR),
            rule(GET, "/api/v1/incidents/{incident}/log", AUDITOR),
            rule(GET, "/api/v1/log/accesses", AUDITOR, ADMIN),
            rule(GET, "/api/v1/register", AUDITOR),
            rule(GET, "/api/v1/evidence", AUDITOR),
            // Checking that nobody touched the record; a checkpoint tells how much there is and nothing of what.
            rule(GET, "/api/v1/ledger/checkpoint", EVERYONE),
            rule(GET, "/api/v1/ledger/checkpoints", EVERYONE),
            rule(GET, "/api/v1/ledger/proof/inclusion", EVERYONE),
            rule(GET, "/api/v1/ledger/proof/consistency", EVERYONE),
            rule(GET, "/api/v1/ledger/keys", EVERYONE),
            rule(POST, "/api/v1/ledger/checkpoints/{size}/cosignatures", AUDITOR, ADMIN),
            rule(GET, "/api/v1/ledger/archive", AUDITOR, ADMIN),
            // Managing.
            rule(POST, "/api/v1/rebuilds", ADMIN),
            rule(GET, "/api/v1/sources", ADMIN),
            rule(POST, "/api/v1/sources", ADMIN),
            rule(GET, "/api/v1/sources/{source}", ADMIN),
            rule(PUT, "/api/v1/sources/{source}", ADMIN),
            rule(DELETE, "/api/v1/sources/{source}", ADMIN),
            rule(POST, "/api/v1/sources/{source}/secret", ADMIN),
            rule(GET, "/api/v1/webhooks", ADMIN),
            rule(POST, "/api/v1/webhooks", ADMIN),
            rule(GET, "/api/v1/webhooks/{webhook}", ADMIN),
            rule(PUT, "/api/v1/webhooks/{webhook}", ADMIN),
            rule(DELETE, "/api/v1/webhooks/{webhook}", ADMIN),
            rule(POST, "/api/v1/webhooks/{webhook}/pause", ADMIN),
            rule(POST, "/api/v1/webhooks/{webhook}/resume", ADMIN),
            rule(POST, "/api/v1/webhooks/{webhook}/replay", ADMIN),
            rule(POST, "/api/v1/webhooks/{webhook}/secret-rotation", ADMIN),
            rule(POST, "/api/v1/webhooks/{webhook}/test", ADMIN),
            rule(GET, "/api/v1/webhooks/{webhook}/deliveries", ADMIN),
            rule(GET, "/api/v1/api-keys", ADMIN),
            rule(POST, "/api/v1/api-keys", ADMIN),
            rule(POST, "/api/v1/api-keys/{key}/rotation", ADMIN),
            rule(POST, "/api/v1/api-keys/{key}/revocation", ADMIN));

    private AccessRules() {}

    /**
     * Who may call one endpoint.
     *
     * @param roles the roles of which one is enough
     * @param anyone whether no credential is needed
     */
    public record Rule(HttpMethod method, PathPattern path, Set<AccessRole> roles, boolean anyone) {
        public boolean allows(Principal principal) {
            return anyone || principal.roles().stream().anyMatch(roles::contains);
        }
    }

    public static List<Rule> table() {
        return TABLE;
    }

    /**
     * Whether the principal's roles allow the request; whoever hands in several commands at once asks for each.
     *
     * @param path as it stands in the address, from {@code /api} on
     */
    public static boolean allows(Principal principal, HttpMethod method, String path) {
        return rule(method, path).filter(rule -> rule.allows(principal)).isPresent();
    }

    /** The rule for a request; empty where nobody may make it. */
    public static Optional<Rule> rule(HttpMethod method, String path) {
        var parsed = PathContainer.parsePath(path);
        var wanted = method.equals(HEAD) ? GET : method;
        return TABLE.stream()
                .filter(rule -> rule.method().equals(wanted) && rule.path().matches(parsed))
                .min(Comparator.comparing(Rule::path));
    }

    /** The methods to which an address answers, whoever asks. */
    public static Set<HttpMethod> methodsAt(String path) {
        var parsed = PathContainer.parsePath(path);
        return TABLE.stream()
                .filter(rule -> rule.path().matches(parsed))
                .map(Rule::method)
                .collect(Collectors.toSet());
    }

    private static Rule rule(HttpMethod method, String path, AccessRole... roles) {
        var allowed = EnumSet.noneOf(AccessRole.class);
        allowed.addAll(List.of(roles));
        return new Rule(method, PathPatternParser.defaultInstance.parse(path), Set.copyOf(allowed), false);
    }

    private static Rule anyone(HttpMethod method, String path) {
        return new Rule(method, PathPatternParser.defaultInstance.parse(path), Set.of(), true);
    }
}
