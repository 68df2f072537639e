package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
    private static final LedgerKeys KEYS = LedgerKeys.generate("tests");

    @TempDir
    Path directory;

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint("tests", size, Frontier.EMPTY.root());
    }

    private static String note(long size) {
        String text = checkpoint(size).text();
        return new SignedNote(text, List.of(KEYS.signer().sign(text))).encoded();
    }

    private CheckpointFiles files() {
        return new CheckpointFiles(directory.resolve("copies"));
    }

    @Test
    void the_newest_copy_is_found_by_whoever_comes_later() {
        files().keep(9, note(9));
        files().keep(10, note(10));

        assertThat(files().newest()).contains(checkpoint(10));
    }

    @Test
    void a_copy_is_written_once_and_nothing_else_is_left() throws IOException {
        files().keep(9, note(9));
        var first = Files.readString(directory.resolve("copies/0000000000000000009.checkpoint"));
        files().keep(9, note(9) + "\u2014 other AAAAAAAA\n");

        try (var all = Files.list(directory.resolve("copies"))) {
            assertThat(all.map(Files::isRegularFile)).containsExactly(true);
        }
        assertThat(Files.readString(directory.resolve("copies/0000000000000000009.checkpoint")))
                .isEqualTo(first)
                .isEqualTo(note(9));
    }

    @Test
    void a_file_that_is_no_checkpoint_is_passed_over() throws IOException {
        files().keep(9, note(9));
        Files.createFile(directory.resolve("copies/0000000000000000010.checkpoint"));
        Files.writeString(directory.resolve("copies/0000000000000000011.checkpoint"), note(11).substring(0, 20));
        Files.write(directory.resolve("copies/0000000000000000012.checkpoint"), new byte[] {-1, -2, 10, 10, 10});

        assertThat(files().newest()).contains(checkpoint(9));
    }

    @Test
    void what_another_node_wrote_is_found_when_the_directory_is_read_again() {
        var files = files();
        files.keep(9, note(9));
        files().keep(10, note(10));

        assertThat(files.newest()).contains(checkpoint(9));
        assertThat(files.reread()).contains(checkpoint(10));
        assertThat(files.newest()).contains(checkpoint(10));
    }
}
