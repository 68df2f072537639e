package org.incidenttimeline.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.imports.ImportRun.State;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.stereotype.Component;

/** Takes a file in, line by line as it arrives. A file that does not arrive as a whole leaves nothing behind. */
@Component
class ImportReception {
    private static final int LINES_AT_ONCE = 500;
    private static final int CHARACTERS_AT_ONCE = 1_000_000;

    private final ImportStore store;
    private final CommandReader commands;
    private final Identifiers identifiers;
    private final Clock clock;
    private final RowCipher cipher;

    ImportReception(ImportStore store, CommandReader commands, Identifiers identifiers, Clock clock, RowCipher cipher) {
        this.store = store;
        this.commands = commands;
        this.identifiers = identifiers;
        this.clock = clock;
        this.cipher = cipher;
    }

    /** Stages the file and has it carried out; the answer names the import. */
    UUID receive(ImportTerms terms, Caller caller, Principal principal, InputStream body) throws IOException {
        var id = identifiers.next();
        var run = new ImportRun(
                id, State.RECEIVING, terms, caller.provenance(), principal, clock.instant(), Optional.empty());
        if (!store.open(run, Limits.UNFINISHED_IMPORTS)) {
            throw ProblemCode.TOO_MANY_IMPORTS.because(
                    Limits.UNFINISHED_IMPORTS + " imports are unfinished; send this one when one of them is done.");
        }
        boolean complete = false;
        try {
            stage(id, new LineReader(terms, id, commands, caller, cipher), terms.format(), new CountedBody(body));
            store.received(id, clock.instant());
            complete = true;
        } finally {
            if (!complete) {
                store.discard(id);
            }
        }
        return id;
    }

    private void stage(UUID id, LineReader reader, ImportFormat format, InputStream body) throws IOException {
        var batch = new Batch(id);
        switch (format) {
            case NDJSON -> {
                var lines = new Lines(body);
                for (var next = lines.next(); next.isPresent(); next = lines.next()) {
                    var line = next.get();
                    batch.add(line.bytes()
                            .map(bytes -> reader.read(line.number(), bytes))
                            .orElseGet(() -> tooLong(line.number())));
                }
            }
            case STATUSPAGE -> {
                var count = new LineCount();
                new Statuspage().read(body, line -> batch.add(reader.read(count.next(), line)));
            }
        }
        batch.flush();
    }

    private static StagedLine tooLong(int number) {
        return LineReader.refused(
                number,
                Verdict.refused(ProblemCode.BODY_TOO_LARGE.problem(
                        "A line has at most " + Limits.IMPORT_LINE_BYTES + " bytes.")));
    }

    /** Lines on their way into the database, a handful at a time. */
    private final class Batch {
        private final UUID id;
        private final List<StagedLine> lines = new ArrayList<>();
        private int characters;

        Batch(UUID id) {
            this.id = id;
        }

        void add(StagedLine line) {
            lines.add(line);
            characters += line.body().length();
            if (lines.size() == LINES_AT_ONCE || characters > CHARACTERS_AT_ONCE) {
                flush();
            }
        }

        void flush() {
            if (!lines.isEmpty()) {
                store.stage(id, lines, clock.instant());
                lines.clear();
                characters = 0;
            }
        }
    }
}
