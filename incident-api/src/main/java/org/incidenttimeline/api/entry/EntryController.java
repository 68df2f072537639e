package org.incidenttimeline.api.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.CorrectEntry;
import org.incidenttimeline.core.command.IncidentCommand.PinEntry;
import org.incidenttimeline.core.command.IncidentCommand.RedactEntry;
import org.incidenttimeline.core.command.IncidentCommand.RequestRedaction;
import org.incidenttimeline.core.command.IncidentCommand.UnpinEntry;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.history.SealedWords;
import org.incidenttimeline.core.incident.Refusal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Notes, corrections, pins and redactions. */
@CommandsAt("/api/v1/incidents/{incident}")
class EntryController {
    /** Entries count from 1; another spelling of a number is another address. */
    private static final String ENTRY = "{entry:[1-9][0-9]{0,17}}";

    private final Submissions submissions;
    private final SealedWords words;

    EntryController(Submissions submissions, SealedWords words) {
        this.submissions = submissions;
        this.words = words;
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

    @PostMapping("/entries/" + ENTRY + "/redaction-request")
    ResponseEntity<CommandAnswer> requestRedaction(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable long entry,
            @RequestBody RequestRedactionRequest request) {
        return submissions.submit(
                new RequestRedaction(
                        incident,
                        caller.time(request.occurredAt()),
                        entry,
                        fields(incident, entry, request.paths()),
                        request.reason(),
                        request.because(),
                        caller.author()),
                caller);
    }

    /** @param paths of the words to take out; without any, all that the entry has */
    record RequestRedactionRequest(
            Optional<OccurredAt> occurredAt, List<FieldPath> paths, RedactionReason reason, Text because) {}

    /** The words at those paths, as the entry has them. */
    private List<RedactedField> fields(IncidentId incident, long entry, List<FieldPath> paths) {
        var all = words.of(incident, entry);
        var named = all.stream()
                .filter(field -> paths.isEmpty() || paths.contains(field.path()))
                .toList();
        // Whether there is such an entry is not for here to say.
        if (!all.isEmpty() && named.size() < Set.copyOf(paths).size()) {
            throw Refusal.NOTHING_TO_REDACT.because(
                    "Entry " + entry + " has words at other paths only.",
                    Map.of("entry", Long.toString(entry), "paths", pathsOf(all)));
        }
        return named;
    }

    private static String pathsOf(List<RedactedField> fields) {
        return fields.stream().map(field -> field.path().value()).collect(Collectors.joining(" "));
    }

    @PostMapping("/redaction-requests/{request:[1-9][0-9]{0,17}}/approval")
    ResponseEntity<CommandAnswer> redact(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable long request,
            @RequestBody RedactEntryRequest approval) {
        return submissions.submit(
                new RedactEntry(
                        incident,
                        caller.time(approval.occurredAt()),
                        request,
                        caller.provenance().actor()),
                caller);
    }

    record RedactEntryRequest(Optional<OccurredAt> occurredAt) {}
}
