package org.incidenttimeline.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.incidenttimeline.api.access.AccessRules;
import org.incidenttimeline.api.access.denial.DeniedRequests;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.audit.LogAccess;
import org.incidenttimeline.api.audit.LogAccesses;
import org.incidenttimeline.api.ledger.ArchiveWriter;
import org.incidenttimeline.api.register.Register;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.past.Known;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes packs of evidence. One incident is held at a time; of the others, their ids.
 *
 * <p>The events and the documents are those up to a signed checkpoint. Keys, refused requests and reads of the log are no
 * events: they are told as the service has them at that time, and nothing proves them.
 */
@Component
class EvidencePack {
    private static final String README = "/evidence/README.md";

    private final Register register;
    private final IncidentHistory history;
    private final ArchiveWriter archive;
    private final LedgerKeys ledgerKeys;
    private final ApiKeys apiKeys;
    private final DeniedRequests denied;
    private final LogAccesses accesses;
    private final JsonMapper json;

    EvidencePack(
            Register register,
            IncidentHistory history,
            ArchiveWriter archive,
            LedgerKeys ledgerKeys,
            ApiKeys apiKeys,
            DeniedRequests denied,
            LogAccesses accesses,
            JsonMapper json) {
        this.register = register;
        this.history = history;
        this.archive = archive;
        this.ledgerKeys = ledgerKeys;
        this.apiKeys = apiKeys;
        this.denied = denied;
        this.accesses = accesses;
        this.json = json;
    }

    /**
     * What is asked for.
     *
     * @param incidents by name; where there are none, those of the period
     * @param position of the checkpoint as of which the pack is made
     */
    record Asked(List<IncidentId> incidents, Period declared, Viewer viewer, long position) {
        Asked {
            incidents = List.copyOf(incidents);
        }
    }

    /** Writes a pack, and says how many incidents are in it. */
    long write(OutputStream out, Asked asked, LogAccess onRecord) throws IOException {
        var pack = new PackWriter(out, onRecord.begunAt());
        var incidents = new ArrayList<Manifest.Incident>();
        var streams = new HashSet<String>();
        var first = new Instant[] {onRecord.begunAt()};
        pack.file("README.md", readme());
        each(asked, events -> {
            var told = events.getLast();
            String id = told.event().incidentId().value();
            String folder = "incidents/" + id + "/";
            for (Map.Entry<String, byte[]> document : Documents.of(events).entrySet()) {
                pack.file(folder + document.getKey(), document.getValue());
            }
            incidents.add(new Manifest.Incident(id, told.version(), folder));
            streams.add(id);
            if (events.getFirst().recordedAt().isBefore(first[0])) {
                first[0] = events.getFirst().recordedAt();
            }
        });
        pack.file(
                Manifest.LEDGER,
                file -> archive.write(file, asked.position(), event -> streams.contains(event.streamId())));
        pack.file(
                "ledger-keys.json",
                json.writeValueAsBytes(ledgerKeys.signers().stream()
                        .map(signer -> signer.key().toString())
                        .toList()));
        pack.file("access/rules.json", json.writeValueAsBytes(rules()));
        pack.file("access/keys.json", json.writeValueAsBytes(apiKeys.shown()));
        pack.file("access/denied-requests.ndjson", file -> lines(file, denied.since(first[0])));
        pack.file("access/log-reads.ndjson", file -> lines(file, accesses.since(first[0])));
        var manifest = new Manifest(
                Manifest.FORM,
                onRecord.number(),
                onRecord.actor().name().value(),
                onRecord.actor().kind(),
                onRecord.begunAt(),
                ledgerKeys.origin(),
                asked.position(),
                asked.declared().from(),
                asked.declared().to(),
                incidents,
                pack.files());
        pack.file(Manifest.NAME, json.writeValueAsBytes(manifest));
        pack.end();
        return incidents.size();
    }

    private void each(Asked asked, Register.Taker<List<RecordedEvent>> taker) throws IOException {
        var known = Known.upTo(asked.position());
        if (asked.incidents().isEmpty()) {
            register.each(new Register.Question(known, asked.declared(), asked.viewer()), taker);
        } else {
            for (var incident : asked.incidents()) {
                taker.take(known.of(history.of(incident)));
            }
        }
    }

    /** What a role may do. */
    private record Rule(String method, String path, List<String> roles) {}

    private static List<Rule> rules() {
        return AccessRules.table().stream()
                .map(rule -> new Rule(
                        rule.method().name(),
                        rule.path().getPatternString(),
                        rule.anyone()
                                ? List.of("ANYONE")
                                : rule.roles().stream().sorted().map(Enum::name).toList()))
                .toList();
    }

    private void lines(OutputStream out, Stream<?> rows) {
        try (rows) {
            rows.forEach(row -> {
                try {
                    out.write((json.writeValueAsString(row) + "\n").getBytes(UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static byte[] readme() throws IOException {
        try (InputStream text = Objects.requireNonNull(EvidencePack.class.getResourceAsStream(README))) {
            return text.readAllBytes();
        }
    }
}
