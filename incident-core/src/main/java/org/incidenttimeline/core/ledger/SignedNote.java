package org.incidenttimeline.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A text with the signatures under it, C2SP signed-note.
 *
 * @param text ends with a newline, which is signed too
 */
public record SignedNote(String text, List<Line> lines) {

    /** Longest note that is read, in characters. */
    public static final int LONGEST = 1_000_000;

    /** Most signatures that are read. */
    public static final int MOST_SIGNATURES = 100;

    private static final String DASH = "\u2014 ";

    public SignedNote {
        lines = List.copyOf(lines);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException("the text of a note is of whole lines without control characters");
        }
    }

    /**
     * One signature.
     *
     * @param name of the key
     * @param keyId first four bytes of what identifies the key, in hexadecimal digits
     * @param encoded key id and signature, in base64
     */
    public record Line(String name, String keyId, String encoded) {

        static Line of(String name, byte[] keyId, byte[] signature) {
            byte[] all = Arrays.copyOf(keyId, keyId.length + signature.length);
            System.arraycopy(signature, 0, all, keyId.length, signature.length);
            return new Line(
                    name, HexFormat.of().formatHex(keyId), Base64.getEncoder().encodeToString(all));
        }

        /** The line as it stands in the note, without its end. */
        public String text() {
            return DASH + name + " " + encoded;
        }

        /** The line with that text, if it is one. */
        public static Optional<Line> of(String text) {
            if (!text.startsWith(DASH)) {
                return Optional.empty();
            }
            String[] parts = text.substring(DASH.length()).split(" ", -1);
            if (parts.length != 2 || !NoteKey.isName(parts[0])) {
                return Optional.empty();
            }
            try {
                byte[] bytes = Base64.getDecoder().decode(parts[1]);
                return bytes.length < 5
                        ? Optional.empty()
                        : Optional.of(new Line(parts[0], HexFormat.of().formatHex(bytes, 0, 4), parts[1]));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        byte[] signature() {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return Arrays.copyOfRange(bytes, 4, bytes.length);
        }
    }

    /** The whole note. */
    public String encoded() {
        StringBuilder note = new StringBuilder(text).append('\n');
        lines.forEach(line -> note.append(line.text()).append('\n'));
        return note.toString();
    }

    /** The note that was written so, if it is one. */
    public static Optional<SignedNote> of(String encoded) {
        int end = encoded.lastIndexOf("\n\n");
        if (encoded.length() > LONGEST || end < 0 || !encoded.endsWith("\n")) {
            return Optional.empty();
        }
        String signatures = encoded.substring(end + 2);
        List<Line> lines = new ArrayList<>();
        for (String text : signatures.lines().toList()) {
            Optional<Line> line = Line.of(text);
            if (line.isEmpty() || lines.size() == MOST_SIGNATURES) {
                return Optional.empty();
            }
            lines.add(line.get());
        }
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SignedNote(encoded.substring(0, end + 1), lines));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The note with one more signature. */
    public SignedNote with(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new SignedNote(text, more);
    }

    /** Whether the key signed it: one line is of this key, and every line of it holds. */
    public boolean isSignedBy(NoteKey key) {
        List<Line> own = lines.stream()
                .filter(line -> line.name().equals(key.name()) && line.keyId().equals(key.id()))
                .toList();
        return !own.isEmpty() && own.stream().allMatch(line -> key.verifies(text, line));
    }
}
