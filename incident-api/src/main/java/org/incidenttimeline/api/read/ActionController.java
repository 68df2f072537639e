package org.incidenttimeline.api.read;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.store.ActionReader;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The actions of all incidents, to their completion. A day is over when it is over in UTC. */
@RestController("actionReadController")
class ActionController {
    private final ActionReader actions;
    private final IncidentAccess access;
    private final Clock clock;

    ActionController(ActionReader actions, IncidentAccess access, Clock clock) {
        this.actions = actions;
        this.access = access;
        this.clock = clock;
    }

    /** Open actions, the soonest due first; of one owner, the ended ones too. */
    @GetMapping(path = "/api/v1/actions", produces = MediaType.APPLICATION_JSON_VALUE)
    List<ActionResponse> actions(
            Principal principal,
            Freshness freshness,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam Optional<Person> owner) {
        Waiting.until(freshness.minPosition(), freshness.patience(), actions::position);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var found = owner.map(actions::ownedBy).orElseGet(actions::open);
        return found.stream()
                .filter(item -> !overdue || item.isOverdue(today))
                .filter(item -> access.maySee(principal, item.incidentId()))
                .map(item -> ActionResponse.of(item, today))
                .toList();
    }

    /** One action as it stands. */
    record ActionResponse(
            IncidentId incidentId,
            ActionId actionId,
            Text text,
            ActionKind kind,
            Optional<Person> owner,
            Optional<LocalDate> due,
            boolean overdue,
            Optional<FindingId> finding,
            Optional<Reference> tracker,
            ActionItem.Status status,
            Optional<Text> outcome) {
        static ActionResponse of(ActionItem item, LocalDate today) {
            return new ActionResponse(
                    item.incidentId(),
                    item.actionId(),
                    item.text(),
                    item.kind(),
                    item.owner(),
                    item.due(),
                    item.isOverdue(today),
                    item.finding(),
                    item.tracker(),
                    item.status(),
                    item.outcome());
        }
    }
}
