package org.incidenttimeline.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.incidenttimeline.api.config.EventReader;
import org.incidenttimeline.api.ledger.ArchiveCheck;
import org.incidenttimeline.api.ledger.ArchiveCheck.Verdict;
import org.incidenttimeline.api.ledger.ArchiveFault;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.LeafSeal;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.StoredEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an archive or a pack on any machine, without the service and without its database. */
@Command(
        name = "verify",
        description = "Checks an archive or a pack of the record, and names the first thing that is wrong with it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:the record was tampered with", "2:it cannot be told"})
public final class VerifyCommand implements Callable<Integer> {
    /** The name of the command. */
    public static final String NAME = "verify";

    private static final int SOUND = 0;
    private static final int TAMPERED = 1;
    private static final int UNKNOWN = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "ARCHIVE",
            description = "What GET /api/v1/ledger/archive or, with a name in .zip, GET /api/v1/evidence answered.")
    private @Nullable Path archive;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "A public key of the ledger, <name>+<id>+<key>; once for each key that it has had.")
    private List<String> keys = List.of();

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT",
            description = "A file with a checkpoint that you kept earlier, which the record must continue.")
    private @Nullable Path since;

    @Option(
            names = "--seal-key",
            paramLabel = "FILE",
            description = "The secret file seal.key of the service, to check who made the leaves.")
    private @Nullable Path sealKey;

    @Option(names = "--part", description = "Events may stand as their leaves alone, as in the ledger of a pack.")
    private boolean part;

    @Option(
            names = "--documents",
            paramLabel = "FOLDER",
            description =
                    "Where the timeline, postmortem, roles and communication of each incident are written, made of the"
                            + " events of the archive.")
    private @Nullable Path documents;

    VerifyCommand() {}

    /** Runs the command with what follows its name; the answer is the exit code. */
    public static int run(String[] arguments) {
        return run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments);
    }

    /** The same, where it is told what comes of it. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new VerifyCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, line, _) -> {
                    line.getErr().println("cannot tell: " + e);
                    return UNKNOWN;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Path file = archive;
        CommandSpec command = spec;
        if (file == null || command == null) {
            throw new IllegalStateException("the command was not parsed");
        }
        PrintWriter out = command.commandLine().getOut();
        List<NoteKey> trusted = keys.stream().map(NoteKey::of).toList();
        var earlier = earlier(since, trusted);
        var seal = seal(sealKey);
        return file.toString().endsWith(".zip")
                ? pack(file, out, events -> new ArchiveCheck(trusted, earlier, seal, true, events))
                : archive(file, out, events -> new ArchiveCheck(trusted, earlier, seal, part, events));
    }

    private int archive(Path file, PrintWriter out, Function<Consumer<StoredEvent>, ArchiveCheck> check)
            throws IOException {
        Map<String, List<StoredEvent>> streams = new LinkedHashMap<>();
        Path folder = documents;
        Consumer<StoredEvent> events = folder == null
                ? _ -> {}
                : event -> streams.computeIfAbsent(event.streamId(), _ -> new ArrayList<>())
                        .add(event);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            var verdict = check.apply(events).check(reader);
            int code = tell(verdict, out);
            if (folder != null && code == SOUND) {
                out.println("documents of " + write(streams, folder) + " incidents in " + folder);
            }
            return code;
        }
    }

    /** The documents of each incident, in a folder of its name; how many incidents there are. */
    private static int write(Map<String, List<StoredEvent>> streams, Path folder) throws IOException {
        int incidents = 0;
        for (Map.Entry<String, List<StoredEvent>> stream : streams.entrySet()) {
            var events = EventReader.read(stream.getValue());
            // Runbooks and playbooks are no incidents.
            if (events.isEmpty()) {
                continue;
            }
            Path own = Files.createDirectories(
                    folder.resolve(events.getFirst().event().incidentId().value()));
            for (Map.Entry<String, byte[]> document : Documents.of(events).entrySet()) {
                Files.write(own.resolve(document.getKey()), document.getValue());
            }
            incidents++;
        }
        return incidents;
    }

    private static int pack(Path file, PrintWriter out, Function<Consumer<StoredEvent>, ArchiveCheck> ledger)
            throws IOException {
        return switch (new PackCheck(ledger).check(file)) {
            case PackCheck.Result.Sound(Verdict.Sound proven, int incidents, int documents) -> {
                tell(proven, out);
                out.println("pack: " + incidents + " incidents, " + documents + " documents are what the events give");
                yield SOUND;
            }
            case PackCheck.Result.LedgerIsNot(Verdict verdict) -> tell(verdict, out);
            case PackCheck.Result.Tampered(String name, String what) -> {
                out.println("tampered: " + name + " " + what);
                yield TAMPERED;
            }
            case PackCheck.Result.Unknown(String why) -> unknown(why, out);
        };
    }

    private static int tell(Verdict verdict, PrintWriter out) {
        return switch (verdict) {
            case Verdict.Sound sound -> {
                out.println("sound: " + sound.events() + " events, " + sound.checkpoints() + " checkpoints, root "
                        + sound.root().base64());
                if (sound.shown() < sound.events()) {
                    out.println(sound.shown() + " events are shown; of the others only the leaf is there");
                }
                if (sound.redacted() > 0) {
                    out.println("redacted: " + sound.redacted());
                }
                if (sound.signed() < sound.events()) {
                    out.println("the last " + (sound.events() - sound.signed())
                            + " events are not signed yet and may still have been changed");
                }
                yield SOUND;
            }
            case Verdict.Tampered(ArchiveFault fault) -> {
                out.println("tampered: " + fault);
                yield TAMPERED;
            }
            case Verdict.Unknown(String why) -> unknown(why, out);
        };
    }

    private static int unknown(String why, PrintWriter out) {
        out.println("cannot tell: " + why);
        return UNKNOWN;
    }

    private static Optional<Checkpoint> earlier(@Nullable Path file, List<NoteKey> trusted) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        var note = SignedNote.of(Files.readString(file));
        if (note.isEmpty() || trusted.stream().noneMatch(note.get()::isSignedBy)) {
            throw new IllegalArgumentException(file.getFileName() + " is no checkpoint that a given key has signed");
        }
        return Optional.of(Checkpoint.of(note.get().text())
                .orElseThrow(() -> new IllegalArgumentException(file.getFileName() + " is no checkpoint")));
    }

    private static Optional<LeafSeal> seal(@Nullable Path file) throws IOException {
        return file == null
                ? Optional.empty()
                : Optional.of(new LeafSeal(
                        Base64.getDecoder().decode(Files.readString(file).strip())));
    }
}
