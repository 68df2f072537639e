package org.incidenttimeline.projections.export;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidenttimeline.projections.export.Block.Bullet;
import org.incidenttimeline.projections.export.Block.Bullets;
import org.incidenttimeline.projections.export.Block.Heading;
import org.incidenttimeline.projections.export.Block.Paragraph;
import org.incidenttimeline.projections.export.Block.Quote;
import org.incidenttimeline.projections.export.Block.Row;
import org.incidenttimeline.projections.export.Block.Table;
import org.incidenttimeline.projections.wording.Inline;
import org.incidenttimeline.projections.wording.Inline.Citation;
import org.incidenttimeline.projections.wording.Inline.Label;
import org.incidenttimeline.projections.wording.Inline.Plain;
import org.incidenttimeline.projections.wording.Inline.Said;
import org.incidenttimeline.projections.wording.Inline.When;
import org.incidenttimeline.projections.wording.Phrase;

/**
 * Writes a document as Markdown: CommonMark 0.31 with the tables of GitHub Flavored Markdown.
 *
 * <p>All text, ours and a user's, passes through one function, {@code escape}. Neighbouring pieces are joined before, so
 * nothing can arise across a seam. Its argument:
 *
 * <ol>
 *   <li>Invisible characters are told by name ({@link VisibleText}); the only control character left is the line break.
 *   <li>A character that can open or close inline markup, in CommonMark or a usual extension, is escaped wherever it
 *       stands. {@code |} and the backtick become numeric references, which no reader of tables or code spans sees.
 *   <li>Renderers turn addresses, {@code @mentions}, {@code #12} and {@code :emoji:} into links and pictures after
 *       parsing, when no escape is left to see. None of them does so in code. So a word that holds such a thing is a
 *       code span. It holds neither white space, {@code |} nor backtick, so one backtick on either side always fits.
 *   <li>Blocks begin at the start of a line. Leading white space, a list's number, dash or checkbox, and an empty line are
 *       written so that they are text; all other openers are escaped already.
 *   <li>A line break in a paragraph or point is a hard break; in a table cell or heading, which have one line, it is
 *       shown as ⏎.
 * </ol>
 *
 * The only HTML written is the anchor of a timeline entry, which holds a number and nothing else.
 */
public final class MarkdownWriter {
    /** How a citation finds its entry. */
    public enum Citations {
        /** As links to the entries of the timeline in the same document. */
        LINKED,
        /** As numbers only, for renderers that show HTML as text. */
        NUMBERED
    }

    private static final String ESCAPED = "\\*_~[]<>&!$^{}=+#";
    private static final Pattern DRAWS_ATTENTION =
            Pattern.compile("[@#]|:[^\\s0-9]|:[^\\s:]*:|(?i:www)\\.|[\\p{L}\\p{N}]_[\\p{L}\\p{N}]");
    private static final Pattern CHECKBOX = Pattern.compile("\\[[\\sxX]](?=\\s|$)");
    private static final Pattern LIST_NUMBER = Pattern.compile("(\\d{1,9})([.)])(?=\\s|$)");
    private static final String LEADING = "([\"'“‘«";
    private static final String TRAILING = ".,;)]\"'”’»!?";

    private final Set<Long> linked;

    private MarkdownWriter(Set<Long> linked) {
        this.linked = linked;
    }

    /** The document as Markdown, lines ending in {@code \n}. */
    public static String write(Document document, Citations citations) {
        var writer = new MarkdownWriter(citations == Citations.LINKED ? document.entries() : Set.of());
        return document.blocks().stream().map(writer::block).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private String block(Block block) {
        return switch (block) {
            case Heading(int level, Phrase text) -> "#".repeat(level) + " " + oneLine(text);
            case Paragraph(Phrase text) -> lines(text);
            case Quote(Phrase text) -> "> " + lines(text).replace("\n", "\n> ");
            case Bullets(List<Bullet> items) -> bullets(items);
            case Table table -> table(table);
        };
    }

    private String bullets(List<Bullet> items) {
        return items.stream()
                .map(item -> {
                    var text = "- " + anchor(item.entry()) + lines(item.text());
                    var all = item.under().isEmpty() ? text : text + "\n" + bullets(item.under());
                    return all.replace("\n", "\n  ");
                })
                .collect(Collectors.joining("\n"));
    }

    private String table(Table table) {
        var rows = new ArrayList<String>();
        rows.add(row(table.columns().stream().map(c -> oneLine(Phrase.of(c))).toList()));
        rows.add(row(table.columns().stream().map(_ -> "---").toList()));
        for (Row row : table.rows()) {
            var cells = new ArrayList<>(row.cells().stream().map(this::oneLine).toList());
            cells.set(0, anchor(row.entry()) + cells.getFirst());
            rows.add(row(cells));
        }
        return String.join("\n", rows);
    }

    private String anchor(OptionalLong entry) {
        return entry.isPresent() && linked.contains(entry.getAsLong())
                ? "<a id=\"entry-" + entry.getAsLong() + "\"></a>"
                : "";
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String oneLine(Phrase phrase) {
        return inline(phrase, " ⏎ ");
    }

    private String lines(Phrase phrase) {
        return inline(phrase, "\n");
    }

    private String inline(Phrase phrase, String lineBreak) {
        var out = new StringBuilder();
        var text = new StringBuilder();
        for (Inline piece : phrase.pieces()) {
            switch (piece) {
                case Plain(var words) -> text.append(words);
                case Said(var words) -> text.append(words);
                case When(var words) -> text.append(words);
                case Label(var words) -> {
                    escape(text, lineBreak, out);
                    out.append("**");
                    escape(new StringBuilder(words), lineBreak, out);
                    out.append("**");
                }
                case Citation(var entry) -> {
                    if (linked.contains(entry)) {
                        escape(text, lineBreak, out);
                        out.append("[#" + entry + "](#entry-" + entry + ")");
                    } else {
                        text.append("[#").append(entry).append(']');
                    }
                }
            }
        }
        escape(text, lineBreak, out);
        return out.toString();
    }

    /** Moves the text to the output as text and nothing else; see the argument above. */
    private static void escape(StringBuilder text, String lineBreak, StringBuilder out) {
        if (text.isEmpty()) {
            return;
        }
        var lines = VisibleText.of(text.toString()).replace("\n", lineBreak).split("\n", -1);
        text.setLength(0);
        for (var i = 0; i < lines.length; i++) {
            if (i > 0) {
                out.append("\\\n");
            }
            escapeLine(lines[i], out);
        }
    }

    private static void escapeLine(String line, StringBuilder out) {
        var starts = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        if (starts && line.isEmpty()) {
            out.append("&#32;");
            return;
        }
        var end = line.length();
        while (end > 0 && isBlank(line.charAt(end - 1))) {
            end--;
        }
        var at = 0;
        while (starts && at < line.length() && isBlank(line.charAt(at))) {
            blank(line.charAt(at++), out);
        }
        if (starts) {
            at = escapeStart(line, at, out);
        }
        var word = at;
        for (; at < end; at++) {
            var c = line.charAt(at);
            var splits = c == '|' || c == '`';
            if (splits || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                escapeWord(line.substring(word, at), out);
                word = at + 1;
                if (splits || c == '\t') {
                    out.append("&#").append((int) c).append(';');
                } else {
                    out.append(c);
                }
            }
        }
        if (word < end) {
            escapeWord(line.substring(word, end), out);
        }
        // A blank before a citation is ours and followed by it; one that ends a line would be dropped or break it.
        for (at = Math.max(at, end); at < line.length(); at++) {
            out.append(line.charAt(at) == ' ' ? " " : "&#9;");
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static void blank(char c, StringBuilder out) {
        out.append("&#").append((int) c).append(';');
    }

    /** Writes what would begin a list, a rule or a definition as text, and returns where the rest of the line begins. */
    private static int escapeStart(String line, int at, StringBuilder out) {
        var number = LIST_NUMBER.matcher(line).region(at, line.length());
        if (number.lookingAt()) {
            out.append(number.group(1)).append('\\').append(number.group(2));
            return number.end();
        }
        // Looked for after parsing, like an address; an escape would not be seen any more.
        if (CHECKBOX.matcher(line).region(at, line.length()).lookingAt()) {
            out.append("`[`");
            return at + 1;
        }
        var alone = at + 1 >= line.length() || isBlank(line.charAt(at + 1));
        if (at < line.length() && (line.charAt(at) == '-' || (line.charAt(at) == ':' && alone))) {
            out.append('\\').append(line.charAt(at));
            return at + 1;
        }
        return at;
    }

    private static void escapeWord(String word, StringBuilder out) {
        if (!DRAWS_ATTENTION.matcher(word).find()) {
            escapeCharacters(word, out);
            return;
        }
        var from = 0;
        var to = word.length();
        while (from < to && LEADING.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && TRAILING.indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        escapeCharacters(word.substring(0, from), out);
        if (from < to) {
            out.append('`').append(word, from, to).append('`');
        }
        escapeCharacters(word.substring(to), out);
    }

    private static void escapeCharacters(String text, StringBuilder out) {
        for (var i = 0; i < text.length(); i++) {
            if (ESCAPED.indexOf(text.charAt(i)) >= 0) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
    }
}
