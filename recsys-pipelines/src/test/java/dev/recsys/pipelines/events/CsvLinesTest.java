package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {
    private static final String[] PIECES = {"a", "b c", ",", "\"", "\n", "é", "大", "\"\"", ""};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void recordsAndLineNumbersAreThoseOfAnIndependentReader(long seed) throws IOException, LineRefused {
        Random random = new Random(seed);
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            for (int i = 0; i < 500; i++) {
                writer.writeRecord(record(random));
            }
        }
        List<List<String>> expected = new ArrayList<>();
        List<Long> expectedLines = new ArrayList<>();
        try (var reader = CsvReader.builder().ofCsvRecord(text.toString())) {
            reader.forEach(row -> {
                expected.add(row.getFields());
                expectedLines.add(row.getStartingLineNumber());
            });
        }
        List<List<String>> read = new ArrayList<>();
        List<Long> readLines = new ArrayList<>();
        CsvLines lines = new CsvLines(
                new LineReader(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8))));
        while (lines.next()) {
            read.add(fields(lines));
            readLines.add(lines.line());
        }

        assertThat(read).isEqualTo(expected);
        assertThat(readLines).isEqualTo(expectedLines);
    }

    private static List<String> record(Random random) {
        List<String> fields = new ArrayList<>(List.of("x"));
        for (int i = 0; i < 3; i++) {
            StringBuilder field = new StringBuilder();
            for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
                field.append(PIECES[random.nextInt(PIECES.length)]);
            }
            fields.add(field.toString());
        }
        return fields;
    }

    private static List<String> fields(FieldLines lines) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < lines.fields(); i++) {
            fields.add(lines.field(i));
        }
        return fields;
    }
}
