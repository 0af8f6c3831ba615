package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2011-12-09T08:26:00Z,2011-12-09T08:26:00Z",
        "2011-12-09t08:26:00z,2011-12-09T08:26:00Z",
        "2011-12-09T08:26Z,2011-12-09T08:26:00Z",
        "2011-12-09 08:26:00,2011-12-09T08:26:00Z",
        "2011-12-09T08:26,2011-12-09T08:26:00Z",
        "2011-12-09T08:26:00+02:00,2011-12-09T06:26:00Z",
        "2011-12-09T08:26:00-0530,2011-12-09T13:56:00Z",
        "2011-12-09T08:26:00+01,2011-12-09T07:26:00Z",
        "2011-12-09T08:26:00.5Z,2011-12-09T08:26:00.500Z",
        "2011-12-09T08:26:00.123456789Z,2011-12-09T08:26:00.123Z",
        "2012-02-29T23:59:59.999-00:00,2012-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59Z,1969-12-31T23:59:59Z",
        "0,1970-01-01T00:00:00Z",
        "1323419160,2011-12-09T08:26:00Z",
        "1323419160.25,2011-12-09T08:26:00.250Z",
        "99999999999,5138-11-16T09:46:39Z",
        "100000000000,1973-03-03T09:46:40Z",
        "1323419160123,2011-12-09T08:26:00.123Z",
        "-1,1969-12-31T23:59:59Z"
    })
    void timesAreReadToTheMillisecond(String text, String instant) throws LineRefused {
        assertThat(EventTime.parse(text)).hasToString(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "2011-12-09",
                "2011-12-09T",
                "2011-12-09T08",
                "2011-13-09T08:26:00Z",
                "2011-02-29T08:26:00Z",
                "2011-12-09T24:00:00Z",
                "2011-12-09T08:60:00Z",
                "2011-12-09T08:26:60Z",
                "2011-12-09T08:26:00X",
                "2011-12-09T08:26:00Z ",
                "2011-12-09T08:26:00.Z",
                "2011-12-09T08:26:00+25:00",
                "2011-12-09T08:26:00+01:",
                "09.12.2011 08:26",
                "12/9/2011 8:26",
                "1e9",
                "NaN",
                "-",
                "1.",
                "100000000000000",
                "99999999999999999999999999",
                "٢٠١١-12-09T08:26:00Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatExceptionOfType(LineRefused.class)
                .isThrownBy(() -> EventTime.parse(text))
                .withMessageContaining("ts is no time");
    }
}
