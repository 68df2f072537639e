package org.incidenttimeline.projections.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.story.GitlabStory;
import org.incidenttimeline.projections.story.Log;
import org.incidenttimeline.projections.story.Samples;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntryWordsTest {
    private static final Instant TEN_PAST_TWO = Instant.parse("2026-03-01T14:10:00Z");

    static List<IncidentEvent> events() {
        return Samples.ofEveryEvent("Zanzibar");
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_has_words_and_tells_all_that_a_person_wrote(IncidentEvent event) {
        var entry = TimelineEntry.of(Log.of(List.of(event)).events().getFirst());

        var words = EntryWords.of(entry, People.named());

        assertThat(words.headline().text()).isNotBlank();
        var all = words.headline().text()
                + words.details().stream().map(Phrase::text).toList();
        var written = event.toString().split("Zanzibar", -1).length - 1;
        var told = all.split("Zanzibar", -1).length - 1;
        // The original words of the entry's own time stand in the column of times, and a key is for tools.
        var elsewhere = event instanceof IncidentEvent.IncidentDeclared ? 2 : 1;
        var correction = event instanceof IncidentEvent.EntryCorrected ? 2 : 0;
        assertThat(told).isEqualTo(written - elsewhere - correction);
    }

    @Test
    void a_corrected_entry_reads_as_corrected_and_says_why_and_by_whom() {
        var log = GitlabStory.told();
        var entry = log.timeline().entry(24).orElseThrow();

        var words = EntryWords.of(entry, People.inRoles(log.timeline()));

        assertThat(words.headline().text()).startsWith("The removal is stopped after a second or two");
        assertThat(words.details())
                .extracting(Phrase::text)
                .containsExactly("corrected by the incident lead: Told more exactly in the review");
    }

    @Test
    void a_time_is_told_as_exactly_as_it_is_known() {
        assertThat(told(Precision.MINUTE, null, null)).isEqualTo("2026-03-01 14:10 UTC");
        assertThat(told(Precision.APPROXIMATE, null, "2pm-ish"))
                .isEqualTo("about 2026-03-01 14:10 UTC (given as “2pm-ish”)");
        assertThat(told(Precision.INTERVAL, TEN_PAST_TWO.plusSeconds(600), null))
                .isEqualTo("between 2026-03-01 14:10 and 14:20 UTC");
        assertThat(told(Precision.INTERVAL, TEN_PAST_TWO.plusSeconds(86_400), null))
                .isEqualTo("between 2026-03-01 14:10 and 2026-03-02 14:10 UTC");
        assertThat(told(Precision.ORDER_ONLY, null, null)).isEqualTo("order known, time not");
        assertThat(told(Precision.UNKNOWN, null, "14:??")).isEqualTo("time not recorded (given as “14:??”)");
    }

    private static String told(Precision precision, @Nullable Instant until, @Nullable String original) {
        var time = new OccurredAt(
                precision == Precision.UNKNOWN ? Optional.empty() : Optional.of(TEN_PAST_TWO),
                precision,
                Optional.ofNullable(until),
                Optional.empty(),
                Optional.ofNullable(original).map(Text::new));
        return Phrase.EMPTY.at(time).text();
    }

    @ParameterizedTest
    @CsvSource({"PT30S, 30 s", "PT60S, 1 min", "PT3H20M, 3 h 20 min", "PT25H, 1 d 1 h", "PT-90M, 1 h 30 min"})
    void a_duration_is_told_in_its_largest_units(Duration duration, String words) {
        assertThat(Times.duration(duration)).isEqualTo(words);
    }
}
