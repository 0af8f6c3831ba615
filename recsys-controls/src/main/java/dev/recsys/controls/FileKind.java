package dev.recsys.controls;

import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * One kind of files: how they are called, and what their bytes mean.
 *
 * @param name the kind's name
 * @param fileNames the names that such a file may have; that of a kept version ends as the first
 * @param ofSurface whether a surface may have its own
 * @param reader how bytes become a value; throws {@link InvalidDocumentException}
 * @param writer how a value becomes the bytes of which its version has the digest
 * @param versions how a value gets its version
 */
record FileKind<T>(
        String name,
        List<String> fileNames,
        boolean ofSurface,
        Reader<T> reader,
        Writer<T> writer,
        Function<T, Versioned<T>> versions) {
    private static final String GZIP = ".gz";

    /** Reads a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /** Writes a value. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T value, OutputStream out) throws IOException;
    }

    static FileKind<RankingConfig> config() {
        return new FileKind<>(
                "config",
                List.of("config.json"),
                true,
                in -> RankingConfigDocument.read(bytes(in, RankingConfigDocument.MAX_CHARS)),
                (config, out) -> out.write(utf8(RankingConfigDocument.write(config))),
                Versions::of);
    }

    static FileKind<RuleSet> rules() {
        return new FileKind<>(
                "rules",
                List.of("rules.json"),
                true,
                in -> RuleSetDocument.read(bytes(in, RuleSetDocument.MAX_CHARS)),
                (rules, out) -> out.write(utf8(RuleSetDocument.write(rules))),
                Versions::of);
    }

    static FileKind<List<ItemAttributes>> items() {
        return new FileKind<>(
                "items",
                List.of("items.jsonl", "items.jsonl" + GZIP),
                false,
                in -> new ItemLines(in).read(),
                FileKind::writeItems,
                Versions::of);
    }

    private static void writeItems(List<ItemAttributes> items, OutputStream out) throws IOException {
        for (ItemAttributes item : items) {
            out.write(utf8(ItemAttributesDocument.write(item) + "\n"));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** No more than a document may have, and one byte that makes it too long. */
    private static byte[] bytes(InputStream in, int mostChars) throws IOException {
        int bytesPerChar = 3; // at most, in UTF-8
        return in.readNBytes(bytesPerChar * mostChars + 1);
    }

    /** Reads a value from what a file of this name holds. */
    T read(String fileName, InputStream in) throws IOException {
        if (!fileName.endsWith(GZIP)) {
            return reader.read(in);
        }
        try (InputStream plain = new BufferedInputStream(new GZIPInputStream(in))) {
            return reader.read(plain);
        }
    }

    /** Returns the name of the file of a version. */
    String fileName(String version) {
        String first = fileNames.get(0);
        return version + first.substring(first.indexOf('.'));
    }
}
