package org.incidenttimeline.core.ledger;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the ledger commits to at one moment: the text of C2SP tlog-checkpoint, without extension lines.
 *
 * @param origin name of the ledger
 * @param size events in the tree
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new IllegalArgumentException("no checkpoint of " + size + " events of '" + origin + "'");
        }
    }

    /** The lines that are signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** The checkpoint with that text, if it is one; lines of extensions are passed over. */
    public static Optional<Checkpoint> of(String text) {
        String[] lines = text.split("\n", -1);
        // A text ends with a newline, so that the last piece is empty.
        if (lines.length < 4 || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
            return Optional.empty();
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines[2]);
            Checkpoint found = new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.ofBytes(root));
            return found.root().base64().equals(lines[2]) ? Optional.of(found) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
