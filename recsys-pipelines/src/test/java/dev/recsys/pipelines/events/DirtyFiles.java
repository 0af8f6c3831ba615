package dev.recsys.pipelines.events;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Seeded files of events in which much is wrong, and which are read all the same. */
final class DirtyFiles {
    private static final List<String> KEYS =
            List.of("event_id", "ts", "tenant", "user", "session", "item", "type", "value", "note", "segment");

    private static final List<String> LINE_ENDS =
            List.of("\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\r\r\n", "\n \t\n");
    private static final List<String> STRANGE = List.of(
            "\"",
            "\"\"",
            ",",
            "\t",
            " ",
            "\r",
            "\u0000",
            "\u007f",
            "\u00e9",
            "\u5927",
            "\ud83d\ude00",
            "\"a\nb\"",
            "\\",
            "{",
            "}",
            "\"x\r\ny\"",
            "null",
            "\u0085",
            "\\u0041",
            ":",
            "1e3",
            "-",
            "!");
    private static final List<String> TIMES = List.of(
            "1700000000",
            "1700000000123",
            "2023-11-14T22:13:20Z",
            "2023-11-14 22:13:20",
            "1700000000.5",
            "-5",
            "",
            "soon",
            "2023-02-30T00:00:00Z",
            "1700000100",
            "1700000100000",
            "2023-11-14T22:13:20.25+01:00");
    private static final List<String> VALUES =
            List.of("", "", "", "1", "1.5", "0.00", "-1", "-0.0", "1.", ".5", "1e3", "NaN", "1.2.3");

    private final Random random;

    DirtyFiles(long seed) {
        this.random = new Random(seed);
    }

    /** Returns lines of separated fields below a header; quotes are closed or not. */
    byte[] csv(int lines, String separator) {
        StringBuilder text = new StringBuilder(String.join(separator, KEYS) + "\n");
        for (int line = 0; line < lines; line++) {
            text.append(String.join(separator, fields())).append(lineEnd(line == lines - 1));
        }
        return damaged(text.toString());
    }

    /** Returns lines of JSON. */
    byte[] jsonl(int lines) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            String[] fields = fields();
            StringBuilder object = new StringBuilder();
            for (int i = 0; i < KEYS.size(); i++) {
                if (fields[i].isEmpty() && random.nextBoolean()) {
                    continue;
                }
                object.append(object.length() == 0 ? "" : pick(List.of(",", ",", ", ", " ,\t")));
                object.append('"').append(KEYS.get(i)).append('"').append(pick(List.of(":", ":", ": ", " : ")));
                object.append(jsonValue(fields[i]));
            }
            text.append(pick(List.of("{", "{", "{", " { ")))
                    .append(object)
                    .append(pick(List.of("}", "}", "} ", "}\t")));
            text.append(lineEnd(line == lines - 1));
        }
        return damaged(text.toString());
    }

    private String jsonValue(String field) {
        boolean bare = field.matches("-?[0-9.]+") ? random.nextInt(4) > 0 : random.nextInt(40) == 0;
        return bare
                ? field
                : '"'
                        + (random.nextInt(20) == 0
                                ? field
                                : field.replace("\"", "").replace("\n", ""))
                        + '"';
    }

    private String[] fields() {
        String[] fields = {
            random.nextInt(3) == 0 ? "e" + random.nextInt(30) : "",
            random.nextInt(4) == 0 ? pick(TIMES) : "17000" + (10000 + random.nextInt(500)),
            random.nextInt(10) == 0 ? pick(List.of("other", "acme", " ", "Acme")) : "",
            random.nextInt(4) == 0 ? "" : "u" + random.nextInt(8),
            random.nextInt(4) == 0 ? "" : "s" + random.nextInt(12),
            random.nextInt(40) == 0 ? "" : "item-" + random.nextInt(9),
            pick(List.of("view", "view", "buy", "", "impression")),
            pick(VALUES),
            random.nextInt(10) == 0 ? "\"a note\n1,2,of \"\"two\"\" lines\"" : "x",
            pick(List.of("", "gold", "red"))
        };
        while (random.nextInt(5) == 0) {
            int field = random.nextInt(fields.length);
            int at = random.nextInt(fields[field].length() + 1);
            fields[field] = fields[field].substring(0, at) + pick(STRANGE) + fields[field].substring(at);
        }
        return fields;
    }

    private String lineEnd(boolean last) {
        return last && random.nextBoolean() ? pick(List.of("", "\r", " ")) : pick(LINE_ENDS);
    }

    /** Replaces a few bytes; some are no UTF-8 then. */
    private byte[] damaged(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            boolean isHeader = i <= String.join("::", KEYS).length();
            out.write(!isHeader && random.nextInt(900) == 0 ? random.nextInt(256) : bytes[i]);
        }
        return out.toByteArray();
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
