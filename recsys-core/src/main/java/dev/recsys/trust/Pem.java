package dev.recsys.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468). No message repeats anything that lies between the lines of a block. */
final class Pem {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /**
     * Returns the contents of a file that has nothing but blocks of one kind, at least one.
     *
     * @param kind such as {@code PUBLIC KEY}
     * @param advice how to make such a file
     */
    static List<byte[]> read(Path file, String kind, String advice) throws IOException {
        Matcher block = BLOCK.matcher(text(file));
        List<byte[]> contents = new ArrayList<>();
        while (block.find()) {
            if (!block.group(1).equals(kind)) {
                throw new IllegalArgumentException(
                        file + " has a block '" + block.group(1) + "'; expected '" + kind + "' only. " + advice);
            }
            contents.add(decoded(file, kind, block.group(2)));
        }
        if (contents.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no block that begins with '-----BEGIN " + kind + "-----'. " + advice);
        }
        return contents;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        file + " has more than " + MAX_BYTES + " bytes; expected a file of keys");
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] decoded(Path file, String kind, String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) { // its message may repeat a character of the key
            throw new IllegalArgumentException("the block '" + kind + "' of " + file + " is not base64");
        }
    }
}
