package org.incidenttimeline.api.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.incidenttimeline.api.ledger.ArchiveCheck.Verdict;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.LeafSeal;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.SignedNote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an archive on any machine, without the service and without its database. */
@Command(
        name = "verify",
        description = "Checks an archive of the record, and names the first thing that is wrong with it.",
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

    @Parameters(paramLabel = "ARCHIVE", description = "What GET /api/v1/ledger/archive answered.")
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

    VerifyCommand() {}

    /** Runs the command with what follows its name; the answer is the exit code. */
    public static int run(String[] arguments) {
        return run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
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
        var check = new ArchiveCheck(trusted, earlier(since, trusted), seal(sealKey));
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return switch (check.check(reader)) {
                case Verdict.Sound sound -> {
                    out.println("sound: " + sound.events() + " events, " + sound.checkpoints() + " checkpoints, root "
                            + sound.root().base64());
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
                case Verdict.Unknown(String why) -> {
                    out.println("cannot tell: " + why);
                    yield UNKNOWN;
                }
            };
        }
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
