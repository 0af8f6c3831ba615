package dev.recsys.pipelines.items;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads an item from one JSON object; categories and tags are arrays of texts, or one text as in CSV. */
final class ItemJson {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final ItemColumns columns;
    private final LabelSplit split;

    ItemJson(ItemColumns columns, LabelSplit split) {
        this.columns = columns;
        this.split = split;
    }

    ItemTexts parse(String line) throws LineProblem {
        ItemTexts texts = new ItemTexts();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new LineProblem("is not a JSON object");
            }
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                value(json, key, texts);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new LineProblem("has more than one JSON object");
            }
        } catch (JacksonException e) {
            throw new LineProblem("is not well-formed JSON");
        } catch (IOException e) {
            throw new IllegalStateException("a text can always be read", e);
        }
        return texts;
    }

    private void value(JsonParser json, String key, ItemTexts texts) throws IOException, LineProblem {
        Optional<ItemField> field = Arrays.stream(ItemField.values())
                .filter(each -> columns.columnOf(each).equals(Optional.of(key)))
                .findFirst();
        if (field.isEmpty()) {
            json.skipChildren();
            return;
        }
        if (texts.has(field.get())) {
            throw new LineProblem(field.get().logicalName() + " is there twice");
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            texts.set(field.get(), array(json, field.get()));
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            texts.set(field.get(), split.of(field.get(), scalar(json, field.get())));
        }
    }

    private static List<String> array(JsonParser json, ItemField field) throws IOException, LineProblem {
        List<String> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(scalar(json, field));
        }
        return values;
    }

    private static String scalar(JsonParser json, ItemField field) throws IOException, LineProblem {
        if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
            throw new LineProblem(field.logicalName() + " is neither a text, a number nor a list of them");
        }
        return json.getText();
    }
}
