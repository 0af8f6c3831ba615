package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventColumnsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "time=x        | there is no field 'time'; expected one of event_id, ts, tenant",
                "ts            | 'ts' is not of the form field=column",
                "ts=a,         | '' is not of the form field=column",
                "ts=           | the column for field 'ts' is blank",
                "ts=a,ts=b     | field 'ts' is mapped twice",
                "TS=a          | there is no field 'TS'"
            })
    void aMappingThatCannotBeMeantIsRefused(String mapping, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventColumns.parse(mapping))
                .withMessageContaining(message);
    }
}
