package org.incidenttimeline.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time in words is claimed as exactly as the words say, and never more so. */
class TimeWordsTest {
    private static final Optional<LocalDate> DAY = Optional.of(LocalDate.parse("2017-01-31"));
    private static final Optional<ZoneId> NOWHERE = Optional.empty();
    private static final Optional<ZoneId> CALIFORNIA = Optional.of(ZoneId.of("America/Los_Angeles"));

    private static final Optional<LocalDate> NO_DAY = Optional.empty();

    private static String told(OccurredAt time) {
        return time.precision() + " " + time.at().map(Instant::toString).orElse("")
                + time.until().map(until -> " " + until).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "2017-01-31 23:00 UTC, MINUTE 2017-01-31T23:00:00Z",
        "2017/01/31 23:00 UTC, MINUTE 2017-01-31T23:00:00Z",
        "2017-01-31T23:00:12Z, MINUTE 2017-01-31T23:00:12Z",
        "2017-01-31 23:00 (UTC), MINUTE 2017-01-31T23:00:00Z",
        "2017-01-31 23:00 +01:00, MINUTE 2017-01-31T22:00:00Z",
        "2017-01-31 23:00 UTC+1, MINUTE 2017-01-31T22:00:00Z",
        "2017-01-31 23:00 Europe/Paris, MINUTE 2017-01-31T22:00:00Z",
        "2017-07-31 23:00 Europe/Paris, MINUTE 2017-07-31T21:00:00Z",
        "3:05pm UTC, MINUTE 2017-01-31T15:05:00Z",
        "12:05 am UTC, MINUTE 2017-01-31T00:05:00Z",
        "~14:05 UTC, APPROXIMATE 2017-01-31T14:05:00Z",
        "±19:00 UTC, APPROXIMATE 2017-01-31T19:00:00Z",
        "about 14:05 UTC, APPROXIMATE 2017-01-31T14:05:00Z",
        "2017-01-31 ~14:05 UTC, APPROXIMATE 2017-01-31T14:05:00Z",
        "11pm-ish UTC, APPROXIMATE 2017-01-31T23:00:00Z",
        "14:05ish UTC, APPROXIMATE 2017-01-31T14:05:00Z",
        "11 pm UTC, APPROXIMATE 2017-01-31T23:00:00Z",
        "14:?? UTC, INTERVAL 2017-01-31T14:00:00Z 2017-01-31T15:00:00Z",
        "23:?? UTC, INTERVAL 2017-01-31T23:00:00Z 2017-02-01T00:00:00Z",
        "14:3? UTC, INTERVAL 2017-01-31T14:30:00Z 2017-01-31T14:40:00Z",
        "??:?? UTC, INTERVAL 2017-01-31T00:00:00Z 2017-02-01T00:00:00Z",
        "23:00-23:30 UTC, INTERVAL 2017-01-31T23:00:00Z 2017-01-31T23:30:00Z",
        "23:00 – 23:30 UTC, INTERVAL 2017-01-31T23:00:00Z 2017-01-31T23:30:00Z",
        "23:00 to 01:30 UTC, INTERVAL 2017-01-31T23:00:00Z 2017-02-01T01:30:00Z",
        "23:00 to 23:?? UTC, INTERVAL 2017-01-31T23:00:00Z 2017-02-01T00:00:00Z",
        "23:00-08:00 UTC, INTERVAL 2017-01-31T23:00:00Z 2017-02-01T08:00:00Z",
        "11pm to 12:30am UTC, INTERVAL 2017-01-31T23:00:00Z 2017-02-01T00:30:00Z",
        "23:00 PST, MINUTE 2017-02-01T07:00:00Z",
        "2017-07-31 23:00 PDT, MINUTE 2017-08-01T06:00:00Z",
        "2017-07-31 23:00 MST, MINUTE 2017-08-01T06:00:00Z",
        "23:00 cet, MINUTE 2017-01-31T22:00:00Z",
    })
    void words_with_their_zone_are_read_as_they_say(String words, String expected) {
        var time = TimeWords.read(words, DAY, NOWHERE);

        assertThat(told(time)).isEqualTo(expected);
        assertThat(time.original()).contains(new Text(words));
    }

    @ParameterizedTest
    @CsvSource({
        "23:00, MINUTE 2017-02-01T07:00:00Z",
        "2017-01-31, INTERVAL 2017-01-31T08:00:00Z 2017-02-01T08:00:00Z",
        "23:00 UTC, MINUTE 2017-01-31T23:00:00Z",
        "23:00 CET, MINUTE 2017-01-31T22:00:00Z",
    })
    void words_without_a_zone_are_read_in_the_one_that_the_importer_tells(String words, String expected) {
        assertThat(told(TimeWords.read(words, DAY, CALIFORNIA))).isEqualTo(expected);
    }

    @Test
    void a_summer_time_in_winter_is_what_the_clock_in_that_place_showed() {
        var time = TimeWords.read("23:00 PDT", DAY, CALIFORNIA);

        assertThat(told(time)).isEqualTo("MINUTE 2017-02-01T07:00:00Z");
        assertThat(time.original()).contains(new Text("23:00 PDT"));
    }

    @Test
    void a_summer_time_in_winter_is_about_right_where_nobody_tells_the_place() {
        assertThat(told(TimeWords.read("23:00 PDT", DAY, NOWHERE))).isEqualTo("APPROXIMATE 2017-02-01T06:00:00Z");
        assertThat(told(TimeWords.read("23:00-23:30 PDT", DAY, NOWHERE)))
                .as("an interval would claim its ends")
                .isEqualTo("APPROXIMATE 2017-02-01T06:00:00Z");
    }

    @Test
    void a_name_that_means_several_zones_means_the_one_that_the_importer_tells() {
        assertThat(told(TimeWords.read("23:00 CST", DAY, Optional.of(ZoneId.of("America/Chicago")))))
                .isEqualTo("MINUTE 2017-02-01T05:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2017-11-05 01:30, APPROXIMATE 2017-11-05T08:30:00Z",
        "2017-03-12 02:30, APPROXIMATE 2017-03-12T10:30:00Z",
    })
    void an_hour_that_comes_twice_or_never_is_about_right(String words, String expected) {
        assertThat(told(TimeWords.read(words, NO_DAY, CALIFORNIA))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "23:00 UTC, must have its date",
        "2017-01-31 23:00, must have its zone",
        "2017-01-31 23:00 CST, must name a zone that means one offset",
        "2017-01-31 23:00 XYZT, must name a zone that means one offset",
        "2017-01-31 23:00-08:00, can be an interval or an offset",
        "2017-02-30 23:00 UTC, must have a date that exists",
        "2017-01-31 25:00 UTC, must be a time of the day that exists",
        "2017-01-31 23:60 UTC, must be a time of the day that exists",
        "2017-01-31 13pm UTC, must be a time of the day that exists",
    })
    void what_is_missing_or_ambiguous_is_said(String words, String why) {
        assertThatThrownBy(() -> TimeWords.read(words, NO_DAY, NOWHERE))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "later that night",
                "around lunch",
                "2017-01-31 14",
                "14",
                "14:5",
                "31.01.2017 14:00 UTC",
                "01/02/2017 14:00 UTC",
                "2017-01-31 14:00 UTC and a bit",
                "2017-01-31-ish",
                "14:00 UTC (approx) (really)"
            })
    void words_that_are_not_understood_are_refused_and_not_guessed(String words) {
        assertThatThrownBy(() -> TimeWords.read(words, DAY, CALIFORNIA))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(TimeWords.EXPECTED);
    }
}
