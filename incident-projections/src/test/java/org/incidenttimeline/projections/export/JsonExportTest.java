package org.incidenttimeline.projections.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.story.GitlabStory;
import org.incidenttimeline.projections.story.Log;
import org.incidenttimeline.projections.story.Samples;
import org.incidenttimeline.projections.wording.People;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonExportTest {
    @Test
    void the_postmortem_of_a_told_story_has_the_shape_it_had() throws IOException {
        var incident = GitlabStory.told().incident();
        var json = JsonExport.of(PostmortemDraft.of(incident), People.inRoles(incident.timeline()));

        PostmortemDocumentTest.assertGolden("postmortem.json", pretty(json));
    }

    @Test
    void a_text_arrives_as_it_was_written() {
        var hostile = "a\n\"</script>\u202E\u2028\\";
        var log = Log.of(Samples.ofEveryEvent(hostile));

        var tree = JsonMapper.shared().readTree(JsonExport.of(PostmortemDraft.of(log.incident()), People.named()));

        assertThat(tree.at("/hypotheses/0/statement").stringValue()).isEqualTo(hostile);
        assertThat(tree.at("/timeline/entries/0/kind").stringValue()).isEqualTo("declared");
    }

    private static String pretty(byte[] json) {
        var mapper = JsonMapper.shared();
        return mapper.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(mapper.readTree(new String(json, StandardCharsets.UTF_8)))
                        .replace("\r\n", "\n")
                + "\n";
    }
}
