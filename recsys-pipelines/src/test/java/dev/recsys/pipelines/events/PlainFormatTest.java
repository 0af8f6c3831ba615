package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are taken from their bytes; that all are read alike, {@link ChunkedReadingTest} shows. */
class PlainFormatTest {
    private static final PlainFormat CSV =
            PlainCsv.of(new CsvLayout(",", Map.of(EventField.TS, 0, EventField.ITEM, 2), 3, "the header"));
    private static final PlainFormat JSON = PlainJson.of(EventColumns.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"17,note,tea\n", "17,,tea\r\n", "17,a note!,tea\nmore"})
    void usualLinesOfCsvArePlain(String line) {
        assertPlain(CSV, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17,note,tea",
                "17,tea\n",
                "17,a,b,tea\n",
                "17,\"a\",tea\n",
                "17,a, tea\n",
                "17,\u00e9,tea\n",
                "17,a\u0000,tea\n",
                "17,a,tea\rx\n",
                "17,a\u007f,tea\n",
                "\n"
            })
    void otherLinesOfCsvAreNot(String line) {
        assertThat(read(CSV, line, new FieldRanges())).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":17,\"item\":\"tea\"}\n",
                " { \"item\" : \"tea\" ,\t\"x\":-1.50, \"ts\":\"17\"} \r\n",
                "{\"ts\":17,\"n\":\"\",\"item\":\"tea\"}\nmore"
            })
    void usualLinesOfJsonArePlain(String line) {
        assertPlain(JSON, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":17,\"item\":\"tea\"}",
                "{}\n",
                "{\"ts\":17,}\n",
                "{\"ts\":017}\n",
                "{\"ts\":1e3}\n",
                "{\"ts\":1.}\n",
                "{\"ts\":17}{}\n",
                "{\"ts\":17 \"item\":1}\n",
                "{\"item\":\"a\\u0041\"}\n",
                "{\"item\":\"\u00e9\"}\n",
                "{\"item\":\"a\",\"item\":\"a\"}\n",
                "{\"item\":null}\n",
                "{\"item\":[1]}\n",
                "{\"rescored\":0}\n",
                "{\"ts\n",
                "{\n",
                "\n",
                "{\"ts\":\"17}\n",
                "{\"ts\":-}\n",
                "[17]\n",
                "{\"item\":\" \"}\n"
            })
    void otherLinesOfJsonAreNot(String line) {
        assertThat(read(JSON, line, new FieldRanges())).isEqualTo(-1);
    }

    @Test
    void noLineIsPlainWhereTheSeparatorIsNoUsualOneOrAColumnHasTwoFields() {
        CsvLayout colons = new CsvLayout("::", Map.of(EventField.ITEM, 0), 1, "the header");
        CsvLayout twice = new CsvLayout(",", Map.of(EventField.USER, 0, EventField.ITEM, 0), 1, "the header");

        assertThat(PlainCsv.of(colons)).isSameAs(PlainFormat.NONE);
        assertThat(PlainCsv.of(twice)).isSameAs(PlainFormat.NONE);
        assertThat(PlainJson.of(EventColumns.parse("user=basket,session=basket")))
                .isSameAs(PlainFormat.NONE);
    }

    private static void assertPlain(PlainFormat format, String line) {
        FieldRanges fields = new FieldRanges();

        assertThat(read(format, line, fields)).isEqualTo(line.indexOf('\n'));
        assertThat(text(line, fields, EventField.TS)).isEqualTo("17");
        assertThat(text(line, fields, EventField.ITEM)).isEqualTo("tea");
        assertThat(text(line, fields, EventField.USER)).isEmpty();
    }

    private static int read(PlainFormat format, String line, FieldRanges fields) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return format.read(bytes, 0, bytes.length, fields);
    }

    private static String text(String line, FieldRanges fields, EventField field) {
        return line.substring(fields.start(field), fields.end(field));
    }
}
