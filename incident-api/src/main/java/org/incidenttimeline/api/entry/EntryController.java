package org.incidenttimeline.api.entry;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.CorrectEntry;
import org.incidenttimeline.core.command.IncidentCommand.PinEntry;
import org.incidenttimeline.core.command.IncidentCommand.UnpinEntry;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Notes, corrections and pins. */
@CommandsAt("/api/v1/incidents/{incident}")
class EntryController {
    /** Entries count from 1; another spelling of a number is another address. */
    private static final String ENTRY = "{entry:[1-9][0-9]{0,17}}";

    private final Submissions submissions;

    EntryController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/notes")
    ResponseEntity<CommandAnswer> addNote(
            Caller caller, @PathVariable IncidentId incident, @RequestBody AddNoteRequest request) {
        return submissions.submit(new AddNote(incident, caller.time(request.occurredAt()), request.text()), caller);
    }

    record AddNoteRequest(Optional<OccurredAt> occurredAt, Text text) {}

    @PostMapping("/entries/" + ENTRY + "/correction")
    ResponseEntity<CommandAnswer> correct(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable long entry,
            @RequestBody CorrectEntryRequest request) {
        return submissions.submit(
                new CorrectEntry(
                        incident,
                        caller.time(request.occurredAt()),
                        entry,
                        request.text(),
                        request.time(),
                        request.because()),
                caller);
    }

    record CorrectEntryRequest(
            Optional<OccurredAt> occurredAt, Optional<Text> text, Optional<OccurredAt> time, Text because) {}

    @PostMapping("/entries/" + ENTRY + "/pin")
    ResponseEntity<CommandAnswer> pin(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable long entry,
            @RequestBody PinEntryRequest request) {
        return submissions.submit(new PinEntry(incident, caller.time(request.occurredAt()), entry), caller);
    }

    record PinEntryRequest(Optional<OccurredAt> occurredAt) {}

    @PostMapping("/entries/" + ENTRY + "/unpin")
    ResponseEntity<CommandAnswer> unpin(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable long entry,
            @RequestBody UnpinEntryRequest request) {
        return submissions.submit(new UnpinEntry(incident, caller.time(request.occurredAt()), entry), caller);
    }

    record UnpinEntryRequest(Optional<OccurredAt> occurredAt) {}
}
