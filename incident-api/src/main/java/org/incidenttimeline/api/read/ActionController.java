package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.store.ActionReader;
import org.incidenttimeline.projections.store.ActionReader.Filter;
import org.incidenttimeline.projections.store.ActionReader.Place;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** The actions of all incidents, to their completion. A day is over when it is over in UTC. */
@RestController("actionReadController")
class ActionController {
    private final ActionReader actions;
    private final IncidentAccess access;
    private final Past past;
    private final Cursors cursors;
    private final EntityTags tags;
    private final Clock clock;

    ActionController(
            ActionReader actions, IncidentAccess access, Past past, Cursors cursors, EntityTags tags, Clock clock) {
        this.actions = actions;
        this.access = access;
        this.past = past;
        this.cursors = cursors;
        this.tags = tags;
        this.clock = clock;
    }

    /** Open actions, the soonest due first; of one owner, the ended ones too. */
    @GetMapping(path = "/api/v1/actions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "listActions")
    ResponseEntity<ActionsResponse> actions(
            Principal principal,
            Freshness freshness,
            Moment moment,
            Page page,
            WebRequest request,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam Optional<Person> owner) {
        var behind = cursors.numbers(page, 2).map(n -> new Place(LocalDate.ofEpochDay(n[0]), n[1]));
        var viewer = access.viewer(principal);
        if (!moment.isNow()) {
            var asked = past.across(moment, freshness, actions::position);
            var then = day(asked.now());
            var body = body(
                    actions.listThen(
                            asked.known(),
                            filter(overdue, owner, then),
                            viewer,
                            behind,
                            page.limit() + 1,
                            Limits.REPLAYED),
                    asked.known().position(),
                    page,
                    then);
            return EntityTags.ok(tags.ofContent(body)).body(body);
        }
        var today = day(clock.instant());
        Waiting.until(freshness.minPosition(), freshness.patience(), actions::position);
        return Lists.answer(
                request,
                Lists.question(page, viewer, today),
                actions.position(),
                () -> actions.list(filter(overdue, owner, today), viewer, behind, page.limit() + 1),
                read -> body(read.value(), read.position(), page, today));
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Filter filter(boolean overdue, Optional<Person> owner, LocalDate today) {
        return new Filter(
                owner.isEmpty() || overdue ? Optional.of(ActionItem.Status.OPEN) : Optional.empty(),
                owner,
                overdue ? Optional.of(today) : Optional.empty());
    }

    private ActionsResponse body(List<ActionReader.Listed> read, long position, Page page, LocalDate today) {
        var part = Lists.part(
                read,
                page,
                last -> cursors.at(
                        page, last.place().due().toEpochDay(), last.place().place()));
        return new ActionsResponse(
                position,
                part.items().stream()
                        .map(listed -> ActionResponse.of(listed.item(), today))
                        .toList(),
                part.next());
    }

    /**
     * A part of the list.
     *
     * @param position the place in the log up to which it is complete
     * @param next the cursor of the part behind it; null for the last
     */
    record ActionsResponse(long position, List<ActionResponse> actions, Optional<String> next) {}

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
