package dev.recsys.controls;

import dev.recsys.control.ItemAttributes;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Items, one JSON object a line; empty lines are passed over. Problems name the line. */
final class ItemLines {
    private final BufferedReader reader;
    private final Problems problems = new Problems("the list of items");
    private final List<ItemAttributes> items = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>(); // by item id, where it was first
    private int line;

    ItemLines(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    /**
     * Returns all items, in the order of their ids.
     *
     * @throws InvalidDocumentException if a line is not valid, or an id is there twice; it names all that is wrong
     */
    List<ItemAttributes> read() throws IOException {
        try {
            StringBuilder text = new StringBuilder();
            while (next(text)) {
                line++;
                item(text.toString());
                text.setLength(0);
            }
        } catch (CharacterCodingException e) {
            throw problems.fatal("after line " + line, "is not UTF-8; save it in that encoding");
        }
        problems.throwIfAny();
        return ItemAttributesDocument.sorted(items);
    }

    /** Reads up to the end of a line; no more of it than it may have, so that a file without any does not fill memory. */
    private boolean next(StringBuilder text) throws IOException {
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n') {
            text.append((char) c);
            if (text.length() > ItemAttributesDocument.MAX_CHARS) {
                throw problems.fatal(
                        "line " + (line + 1),
                        "has more than " + ItemAttributesDocument.MAX_CHARS + " characters; put each item on a line");
            }
            c = reader.read();
        }
        return true;
    }

    private void item(String json) {
        if (json.isBlank()) {
            return;
        }
        try {
            ItemAttributes item = ItemAttributesDocument.read(json);
            Integer first = lines.putIfAbsent(item.itemId(), line);
            if (first == null) {
                items.add(item);
            } else {
                add(new Problem("item", "is on line " + first + " already; expected each once, remove one"));
            }
        } catch (InvalidDocumentException e) {
            e.problems().forEach(this::add);
        }
    }

    private void add(Problem problem) {
        String at = "line " + line;
        problems.add(problem.path().isEmpty() ? at : at + ": " + problem.path(), problem.detail());
    }
}
