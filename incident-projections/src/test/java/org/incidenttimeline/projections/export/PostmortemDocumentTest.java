package org.incidenttimeline.projections.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.story.GitlabStory;
import org.incidenttimeline.projections.wording.People;
import org.junit.jupiter.api.Test;

class PostmortemDocumentTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/incidenttimeline/projections/export");

    @Test
    void the_postmortem_of_a_told_story_reads_as_it_did() throws IOException {
        assertGolden("postmortem.md", postmortem(MarkdownWriter.Citations.LINKED));
    }

    @Test
    void the_timeline_of_a_told_story_reads_as_it_did() throws IOException {
        var timeline = GitlabStory.told().timeline();
        assertGolden(
                "timeline.md",
                MarkdownWriter.write(TimelineDocument.of(timeline, People.named()), MarkdownWriter.Citations.NUMBERED));
    }

    @Test
    void the_same_log_gives_the_same_bytes_whatever_the_locale_and_time_zone() {
        var here = postmortem(MarkdownWriter.Citations.LINKED);
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));

            assertThat(postmortem(MarkdownWriter.Citations.LINKED)).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void nobody_is_named_unless_the_author_chooses_so() {
        var incident = GitlabStory.told().incident();
        var draft = PostmortemDraft.of(incident);

        var inRoles = MarkdownWriter.write(
                PostmortemDocument.of(draft, People.inRoles(incident.timeline())), MarkdownWriter.Citations.LINKED);
        var named = MarkdownWriter.write(PostmortemDocument.of(draft, People.named()), MarkdownWriter.Citations.LINKED);

        assertThat(inRoles).doesNotContainPattern("\\b(ana|bo|cleo|dee)\\b");
        assertThat(named).contains("ana", "bo", "cleo");
    }

    private static String postmortem(MarkdownWriter.Citations citations) {
        var incident = GitlabStory.told().incident();
        return MarkdownWriter.write(
                PostmortemDocument.of(PostmortemDraft.of(incident), People.inRoles(incident.timeline())), citations);
    }

    static void assertGolden(String name, String actual) throws IOException {
        var file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
