package org.incidenttimeline.api.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.incidenttimeline.api.config.EventReader;
import org.incidenttimeline.api.ledger.ArchiveCheck;
import org.incidenttimeline.api.ledger.ArchiveCheck.Verdict;
import org.incidenttimeline.core.log.StoredEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checks a pack: its files, its ledger, and that its documents are what the events give. */
final class PackCheck {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Function<Consumer<StoredEvent>, ArchiveCheck> ledger;

    /** @param ledger makes the check of the ledger, which hands on the events that it shows */
    PackCheck(Function<Consumer<StoredEvent>, ArchiveCheck> ledger) {
        this.ledger = ledger;
    }

    /** What came of a check. */
    sealed interface Result {
        record Sound(Verdict.Sound ledger, int incidents, int documents) implements Result {}

        /** The ledger is not sound, or cannot be told. */
        record LedgerIsNot(Verdict verdict) implements Result {}

        /** A file is not what it was, or not what the events give. */
        record Tampered(String file, String what) implements Result {}

        record Unknown(String why) implements Result {}
    }

    Result check(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var entry = zip.getEntry(Manifest.NAME);
            if (entry == null) {
                return new Result.Unknown("this is no pack: it has no " + Manifest.NAME);
            }
            Manifest manifest;
            try (InputStream in = zip.getInputStream(entry)) {
                manifest = json.readValue(in, Manifest.class);
            } catch (JacksonException _) {
                return new Result.Unknown("its " + Manifest.NAME + " cannot be read");
            }
            if (manifest.pack() != Manifest.FORM) {
                return new Result.Unknown("it is a pack of no form that is known here");
            }
            var wrong = wrongFile(zip, manifest);
            return wrong.isPresent() ? wrong.get() : ledger(zip, manifest);
        }
    }

    private static Optional<Result> wrongFile(ZipFile zip, Manifest manifest) throws IOException {
        var there = new TreeSet<String>();
        zip.stream().map(ZipEntry::getName).forEach(there::add);
        there.remove(Manifest.NAME);
        for (Manifest.File file : manifest.files()) {
            var entry = zip.getEntry(file.name());
            if (entry == null) {
                return Optional.of(new Result.Tampered(file.name(), "is missing"));
            }
            try (InputStream in = zip.getInputStream(entry)) {
                if (!sha256(in).equals(file.sha256())) {
                    return Optional.of(new Result.Tampered(file.name(), "has another digest than its manifest says"));
                }
            }
            there.remove(file.name());
        }
        return there.stream().findFirst().map(name -> new Result.Tampered(name, "is not in the manifest"));
    }

    private Result ledger(ZipFile zip, Manifest manifest) throws IOException {
        var entry = zip.getEntry(Manifest.LEDGER);
        if (entry == null) {
            return new Result.Tampered(Manifest.LEDGER, "is missing");
        }
        Map<String, List<StoredEvent>> shown = new HashMap<>();
        Verdict verdict;
        try (var reader =
                new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
            verdict = ledger.apply(event -> shown.computeIfAbsent(event.streamId(), _ -> new ArrayList<>())
                            .add(event))
                    .check(reader);
        }
        return switch (verdict) {
            case Verdict.Sound sound
            when sound.signed() < sound.events() ->
                new Result.Tampered(Manifest.LEDGER, "ends with events that are not signed");
            case Verdict.Sound sound -> documents(zip, manifest, shown, sound);
            case Verdict.Tampered _, Verdict.Unknown _ -> new Result.LedgerIsNot(verdict);
        };
    }

    private static Result documents(
            ZipFile zip, Manifest manifest, Map<String, List<StoredEvent>> shown, Verdict.Sound sound)
            throws IOException {
        int documents = 0;
        for (Manifest.Incident incident : manifest.incidents()) {
            var stored = shown.getOrDefault(incident.incidentId(), List.of());
            if (stored.size() != incident.version()) {
                return new Result.Tampered(
                        Manifest.LEDGER,
                        "shows " + stored.size() + " events of " + incident.incidentId() + ", which has "
                                + incident.version());
            }
            Map<String, byte[]> made;
            try {
                made = Documents.of(EventReader.read(stored));
            } catch (NoSuchElementException _) {
                return new Result.Tampered(Manifest.LEDGER, incident.incidentId() + " is no incident");
            }
            for (Map.Entry<String, byte[]> document : made.entrySet()) {
                String name = incident.folder() + document.getKey();
                var entry = zip.getEntry(name);
                if (entry == null) {
                    return new Result.Tampered(name, "is missing");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    if (!Arrays.equals(in.readAllBytes(), document.getValue())) {
                        return new Result.Tampered(name, "is not what the events give");
                    }
                }
                documents++;
            }
        }
        return new Result.Sound(sound, manifest.incidents().size(), documents);
    }

    private static String sha256(InputStream in) throws IOException {
        var digest = PackWriter.sha256();
        byte[] some = new byte[64 * 1024];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            digest.update(some, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
