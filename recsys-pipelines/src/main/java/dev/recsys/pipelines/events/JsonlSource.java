package dev.recsys.pipelines.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of a JSONL file: one object a line, whose top-level keys are the fields. */
final class JsonlSource implements RecordSource {
    private static final int MAX_DEPTH = 64;
    static final String OF_AN_EXPOSURE = "rescored"; // always there
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final LineReader lines;
    private final Map<String, List<EventField>> fieldsByKey = new HashMap<>();

    JsonlSource(LineReader lines, EventColumns columns) {
        this.lines = lines;
        for (EventField field : EventField.values()) {
            fieldsByKey
                    .computeIfAbsent(columns.columnOf(field), key -> new ArrayList<>())
                    .add(field);
        }
    }

    @Override
    public long line() {
        return lines.number();
    }

    @Override
    public boolean isAhead() {
        return false;
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        if (!lines.nextText()) {
            return false;
        }
        parse(values);
        return true;
    }

    private void parse(FieldValues values) throws LineRefused {
        values.clear();
        try (JsonParser json = JSON.createParser(lines.bytes(), 0, lines.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw LineRefused.malformed("is not a JSON object");
            }
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                value(json, fieldsByKey.getOrDefault(key, List.of()), values);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw LineRefused.malformed("has more than one JSON object");
            }
        } catch (JacksonException e) {
            throw LineRefused.malformed("is not well-formed JSON");
        } catch (IOException e) {
            throw new IllegalStateException("an array of bytes can always be read", e);
        }
    }

    private static void value(JsonParser json, List<EventField> fields, FieldValues values)
            throws IOException, LineRefused {
        JsonToken token = json.nextToken();
        if (fields.isEmpty()) {
            if (json.currentName().equals(OF_AN_EXPOSURE)) {
                throw LineRefused.malformed(
                        "is a record of what was shown, which is no event; build from the outcomes beside it");
            }
            json.skipChildren();
            return;
        }
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw LineRefused.malformed(fields.get(0).logicalName() + " is neither a text nor a number");
        }
        String text = json.getText();
        for (EventField field : fields) {
            if (!values.get(field).isEmpty()) {
                throw LineRefused.malformed(field.logicalName() + " is there twice");
            }
            values.set(field, text);
        }
    }
}
