package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.RedactEntry;
import org.incidenttimeline.core.command.IncidentCommand.RequestRedaction;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.EntryRedacted;
import org.incidenttimeline.core.event.IncidentEvent.NoteAdded;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RedactionTest {
    private static final IncidentId ID = new IncidentId("checkout-down");
    private static final OccurredAt AT = OccurredAt.at(java.time.Instant.parse("2026-03-02T14:00:00Z"));

    private final TestDatabase database;
    private final Node node;

    RedactionTest(Database kind) {
        database = TestDatabases.fresh(kind);
        node = new Node(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private void declareAndNote() {
        node.tell(new DeclareIncident(
                ID,
                AT,
                new Title("Checkout fails"),
                Severity.SEV2,
                new Person("ana"),
                Optional.empty(),
                List.of(),
                new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Mode.LIVE,
                Visibility.OPEN,
                Optional.empty(),
                Optional.empty()));
        node.tell(new AddNote(ID, AT, new Text("the password is hunter2")));
    }

    @Test
    void an_approved_redaction_takes_the_words_out_and_leaves_the_commitment() {
        declareAndNote();
        var fields = node.history().of(ID, 2);
        assertThat(fields).extracting(field -> field.path().value()).containsExactly("/text");

        node.tell(new RequestRedaction(
                ID, AT, 2, fields, RedactionReason.PASTED_SECRET, new Text("a password"), new Person("ana")));
        assertThat(noteTold()).isEqualTo("the password is hunter2");
        node.tell(new RedactEntry(ID, AT, 3, new Actor(new Person("eve"), Actor.Kind.HUMAN)));

        assertThat(noteTold()).isEqualTo("redacted:removed");
        assertThat(node.history().of(ID).getLast().event()).isInstanceOf(EntryRedacted.class);
        assertThat(node.history().of(ID, 2)).isEqualTo(fields);
        var event = node.log().readAfter(1, 1).getFirst();
        assertThat(node.log().shredPending(event.eventId())).containsExactly("/text");
        assertThat(node.log().shred(10)).isOne();
        assertThat(node.log().shredPending(event.eventId())).isEmpty();
    }

    private String noteTold() {
        return ((NoteAdded) node.history().of(ID).get(1).event()).text().value();
    }

    @Test
    void an_incident_goes_on_after_a_redaction_on_a_node_that_reads_it_anew() {
        declareAndNote();
        node.tell(new RequestRedaction(
                ID, AT, 1, node.history().of(ID, 1), RedactionReason.OTHER, new Text("all of it"), new Person("ana")));
        node.tell(new RedactEntry(ID, AT, 3, new Actor(new Person("eve"), Actor.Kind.HUMAN)));

        try (var another = new Node(database, Clock.systemUTC())) {
            assertThat(another.tell(new AddNote(ID, AT, new Text("still here"))).version())
                    .isEqualTo(5);
        }
    }

    @Test
    void nobody_has_sealed_words_of_what_is_not_there() {
        assertThat(node.history().of(ID, 1)).isEmpty();
        declareAndNote();
        assertThat(node.history().of(ID, 9)).isEmpty();
    }
}
