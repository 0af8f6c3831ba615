package dev.recsys.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON as one writes it with care: a row is a list of ids and scores in turn, and is streamed into arrays of numbers. */
record ShortJsonForm(String name) implements ArtifactForm {
    @Override
    public void write(Table exact, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            for (int row = 0; row < exact.rowCount(); row++) {
                json.writeArrayFieldStart(exact.rowKey(row));
                for (int position = exact.rowStart(row); position < exact.rowEnd(row); position++) {
                    json.writeString(exact.itemId(exact.item(position)));
                    json.writeNumber(exact.score(row, position));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }

    @Override
    public Neighbours load(Path file) throws IOException {
        Read read = new Read();
        JsonFactory json = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // each comes once
                .build();
        try (JsonParser parser = json.createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String id = parser.currentName();
                parser.nextToken();
                read.row(id, parser);
            }
        }
        return read;
    }

    @Override
    public double tolerance() {
        return 0;
    }

    private static final class Read implements Neighbours {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> ids = new ArrayList<>();
        private final Map<Integer, int[]> items = new HashMap<>();
        private final Map<Integer, float[]> scores = new HashMap<>();
        private int[] nextItems = new int[128];
        private float[] nextScores = new float[128];

        void row(String id, JsonParser parser) throws IOException {
            int length = 0;
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                if (length == nextItems.length) {
                    nextItems = Arrays.copyOf(nextItems, 2 * length);
                    nextScores = Arrays.copyOf(nextScores, 2 * length);
                }
                nextItems[length] = number(parser.getText());
                parser.nextToken();
                nextScores[length] = parser.getFloatValue();
                length++;
            }
            int row = number(id);
            items.put(row, Arrays.copyOf(nextItems, length));
            scores.put(row, Arrays.copyOf(nextScores, length));
        }

        private int number(String id) {
            Integer known = numbers.putIfAbsent(id, ids.size());
            if (known == null) {
                ids.add(id);
            }
            return known == null ? ids.size() - 1 : known;
        }

        @Override
        public List<ScoredItem> row(String id) {
            int row = numbers.getOrDefault(id, -1);
            int[] rowItems = items.getOrDefault(row, new int[0]);
            float[] rowScores = scores.getOrDefault(row, new float[0]);
            List<ScoredItem> found = new ArrayList<>();
            for (int i = 0; i < rowItems.length; i++) {
                found.add(new ScoredItem(ids.get(rowItems[i]), rowScores[i]));
            }
            return found;
        }
    }
}
