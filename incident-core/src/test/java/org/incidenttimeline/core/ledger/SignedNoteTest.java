package org.incidenttimeline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are those of C2SP signed-note and of golang.org/x/mod/sumdb/note, whose format it is. */
class SignedNoteTest {
    private static final String SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NOTE = TEXT + "\n\u2014 PeterNeumann "
            + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static final String C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String C2SP_NOTE = "This is an example message.\n\n\u2014 example.com/foo "
            + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static SignedNote note(String encoded) {
        return SignedNote.of(encoded).orElseThrow();
    }

    @Test
    void a_note_is_signed_and_read_as_in_the_vectors() {
        var signer = NoteSigner.of(SECRET);

        assertThat(signer.key()).hasToString(KEY);
        assertThat(signer.secret()).isEqualTo(SECRET);
        assertThat(new SignedNote(TEXT, java.util.List.of(signer.sign(TEXT))).encoded())
                .isEqualTo(NOTE);
        assertThat(note(NOTE).encoded()).isEqualTo(NOTE);
        assertThat(note(NOTE).isSignedBy(NoteKey.of(KEY))).isTrue();
        assertThat(note(C2SP_NOTE).isSignedBy(NoteKey.of(C2SP_KEY))).isTrue();
    }

    @Test
    void a_note_with_another_text_or_another_signature_is_not_signed() {
        var key = NoteKey.of(KEY);

        assertThat(note(NOTE.replace("cryptography", "steganography")).isSignedBy(key))
                .isFalse();
        assertThat(note(NOTE.replace("JkuBS", "JkuBT")).isSignedBy(key)).isFalse();
        assertThat(note(C2SP_NOTE).isSignedBy(key)).isFalse();
        assertThat(note(NOTE)
                        .with(note(NOTE.replace("JkuBS", "JkuBT")).lines().getFirst())
                        .isSignedBy(key))
                .isFalse();
    }

    @Test
    void a_signature_of_an_unknown_key_beside_a_known_one_is_passed_over() {
        var both =
                note(NOTE).with(NoteSigner.generate("other", NoteKey.Type.NOTE).sign(TEXT));

        assertThat(note(both.encoded()).isSignedBy(NoteKey.of(KEY))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nno dash x08go/ZJkuA=\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name notbase64!\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 na+me AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA",
                "te\u0001xt\n\n\u2014 name AAAAAAAA\n"
            })
    void what_is_no_note_is_none(String encoded) {
        assertThat(SignedNote.of(encoded)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            })
    void what_is_no_key_is_refused(String text) {
        assertThatThrownBy(() -> NoteKey.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_witness_signs_the_text_and_the_time() {
        var witness = NoteSigner.generate("witness.example/w", NoteKey.Type.COSIGNATURE);
        var line = witness.cosign(TEXT, Instant.ofEpochSecond(1_700_000_000));
        var seen = note(note(NOTE).with(line).encoded());

        assertThat(seen.isSignedBy(witness.key())).isTrue();
        assertThat(seen.isSignedBy(NoteKey.of(witness.key().toString()))).isTrue();
        assertThat(note(seen.encoded().replace("answer", "question")).isSignedBy(witness.key()))
                .isFalse();
    }

    @Test
    void a_checkpoint_is_written_as_in_tlog_checkpoint_and_read_again() {
        var root = Hash.ofText("root");
        var checkpoint = new Checkpoint("example.com/behind-the-sofa", 20852163, root);

        assertThat(checkpoint.text()).isEqualTo("example.com/behind-the-sofa\n20852163\n" + root.base64() + "\n");
        assertThat(Checkpoint.of(checkpoint.text())).contains(checkpoint);
        assertThat(Checkpoint.of(checkpoint.text() + "an extension\n")).contains(checkpoint);
        assertThat(Checkpoint.of(
                                "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
                        .map(Checkpoint::size))
                .contains(20852163L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o\n01\n%s\n", "o\n-1\n%s\n", "o\n1\n%s", "\n1\n%s\n", "o\n1\nAAAA\n", "o\n1\n"})
    void what_is_no_checkpoint_is_none(String text) {
        assertThat(Checkpoint.of(text.formatted(Hash.ofText("root").base64()))).isEqualTo(Optional.empty());
    }
}
