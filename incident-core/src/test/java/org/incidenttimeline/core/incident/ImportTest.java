package org.incidenttimeline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidenttimeline.core.incident.Story.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.ImportEntry;
import org.incidenttimeline.core.command.IncidentCommand.ImportIncident;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.EntryImported;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentEvent.IncidentImported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What records kept elsewhere tell, and what follows from it. */
class ImportTest {
    private static final OccurredAt UNKNOWN = new OccurredAt(
            Optional.empty(), Precision.UNKNOWN, Optional.empty(), Optional.empty(), Optional.of(text("14:??")));

    private static final Optional<SourceStatus> NO_STATUS = Optional.empty();

    private static Story imported(IncidentCommand... more) {
        return Story.of(importIncident("p31")).and(more);
    }

    private static Phase phaseAfter(List<ImportEntry> entries) {
        return imported(entries.toArray(IncidentCommand[]::new)).incident().phase();
    }

    @Test
    void an_import_declares_the_incident_and_says_where_it_comes_from() {
        var events = Story.of().tell(importIncident("p31"));

        assertThat(events).hasSize(2);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        IncidentDeclared.class, e -> assertThat(e.mode()).isEqualTo(Mode.BACKFILLED));
        assertThat(events.getLast()).isInstanceOfSatisfying(IncidentImported.class, e -> {
            assertThat(e.origin()).isEqualTo(origin("p31"));
            assertThat(e.occurredAt()).as("it is imported now").isEqualTo(OccurredAt.at(NOW));
        });
    }

    @Test
    void a_second_import_of_the_same_record_changes_nothing() {
        var story = imported(importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING));
        var elsewhere = new Origin(origin("p31").source(), origin("p31").id(), Optional.empty());
        var again = importIncident("p31");

        assertThat(story.tell(again)).isEmpty();
        assertThat(story.tell(new ImportIncident(
                        again.declaration(), elsewhere, again.licence(), Optional.of(new Reference("another run")))))
                .isEmpty();
        assertThat(story.tell(importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING)))
                .isEmpty();
    }

    @Test
    void an_identifier_in_use_is_not_taken_for_another_record() {
        var story = imported();

        assertThatThrownBy(() -> story.tell(importIncident("p32")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.INCIDENT_ALREADY_DECLARED));
    }

    @Test
    void only_an_incident_entered_afterwards_is_imported() {
        var live = new ImportIncident(declare(), origin("p31"), NO_WORDS, Optional.empty());

        assertThatThrownBy(() -> Story.of(live))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.INCIDENT_NOT_BACKFILLED));
    }

    @Test
    void what_was_told_otherwise_before_names_the_entry_that_holds_it() {
        var story = imported(importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING));

        assertThatThrownBy(() ->
                        story.tell(importEntry("u1", at("14:31"), "We look into it.", StatusMeaning.INVESTIGATING)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal()).isEqualTo(Refusal.IMPORTED_OTHERWISE);
                    assertThat(e.facts()).containsEntry("entry", "3");
                });
    }

    @Test
    void two_sources_may_call_different_things_by_one_name() {
        var other = new Origin(new Reference("the wiki"), new Reference("u1"), Optional.empty());
        var told = importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING);

        var events = imported(told).tell(new ImportEntry(ID, at("14:50"), told.text(), NO_STATUS, other, List.of()));

        assertThat(events).singleElement().isInstanceOf(EntryImported.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_status_of_the_latest_moment_stands_in_whatever_order_it_is_told(long seed) {
        var entries = new ArrayList<>(List.of(
                importEntry("u1", at("14:10"), "We look into it.", StatusMeaning.INVESTIGATING),
                importEntry("u2", at("14:40"), "All is well.", StatusMeaning.RESOLVED),
                importEntry("u3", at("15:10"), "It is back.", StatusMeaning.INVESTIGATING),
                importEntry("u4", at("15:30"), "We watch it.", StatusMeaning.VERIFYING),
                importEntry("u5", at("16:00"), "All is well again.", StatusMeaning.RESOLVED)));
        Collections.shuffle(entries, new Random(seed));

        assertThat(phaseAfter(entries)).isEqualTo(Phase.RESOLVED);

        entries.removeIf(entry -> entry.origin().id().value().equals("u5"));
        assertThat(phaseAfter(entries)).isEqualTo(Phase.VERIFYING);
    }

    @Test
    void a_status_of_an_unknown_time_stands_only_until_one_is_known() {
        var unknown = importEntry("u1", UNKNOWN, "All is well.", StatusMeaning.RESOLVED);
        var known = importEntry("u2", at("14:40"), "It is back.", StatusMeaning.INVESTIGATING);

        assertThat(phaseAfter(List.of(unknown))).isEqualTo(Phase.RESOLVED);
        assertThat(phaseAfter(List.of(unknown, known))).isEqualTo(Phase.INVESTIGATING);
        assertThat(phaseAfter(List.of(known, unknown))).isEqualTo(Phase.INVESTIGATING);
    }

    @Test
    void a_source_opens_no_record_that_was_finished_here() {
        var story = imported(
                importEntry("u1", at("14:40"), "All is well.", StatusMeaning.RESOLVED),
                review(),
                finding(FindingKind.ROOT_CAUSE),
                publish(Optional.of(text("nothing to do"))),
                close());

        story.tell(importEntry("u2", at("15:00"), "It is back.", StatusMeaning.INVESTIGATING));

        assertThat(story.incident().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void nobody_claims_another_time_that_has_not_come() {
        var claim = new TimeClaim(OccurredAt.at(NOW.plusSeconds(61)), new Reference("the vendor"));

        assertThatThrownBy(() -> imported(
                        new ImportEntry(ID, THEN, Optional.of(text("down")), NO_STATUS, origin("u1"), List.of(claim))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.OCCURRED_IN_THE_FUTURE));
    }
}
