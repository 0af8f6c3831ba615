package dev.recsys.testserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request or an answer: its first line, its header lines in their order, and its whole body without framing. */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are handed on, not changed
record WireMessage(String startLine, List<WireField> fields, byte[] body) {
    private static final int LONGEST_COPY_BYTES = 64 * 1024;

    WireMessage {
        fields = List.copyOf(fields);
    }

    static WireMessage ok(byte[] body) {
        return new WireMessage("HTTP/1.1 200 OK", List.of(), body);
    }

    Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(WireField::value)
                .findFirst();
    }

    boolean says(String name, String token) {
        return fields.stream()
                .filter(field -> field.is(name))
                .flatMap(field -> Arrays.stream(field.value().split(",")))
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }

    WireMessage without(String... names) {
        List<WireField> kept = fields.stream()
                .filter(field -> Arrays.stream(names).noneMatch(field::is))
                .toList();
        return new WireMessage(startLine, kept, body);
    }

    WireMessage with(String name, String value) {
        List<WireField> more = new ArrayList<>(without(name).fields);
        more.add(new WireField(name, value));
        return new WireMessage(startLine, more, body);
    }

    WireMessage withBody(byte[] other) {
        return new WireMessage(startLine, fields, other);
    }

    /** Returns the message with the length of its body in its head. */
    WireMessage measured() {
        return without("Transfer-Encoding").with("Content-Length", Integer.toString(body.length));
    }

    int status() {
        String[] words = startLine.split(" ", 3);
        return words.length > 1 && words[1].matches("[1-9][0-9][0-9]") ? Integer.parseInt(words[1]) : 0;
    }

    byte[] head() {
        StringBuilder head = new StringBuilder(startLine).append("\r\n");
        fields.forEach(field ->
                head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Writes head and body; small ones in one piece, so that they travel in one packet. */
    void writeTo(OutputStream out) throws IOException {
        byte[] head = head();
        if (body.length > LONGEST_COPY_BYTES) {
            out.write(head);
            out.write(body);
        } else {
            ByteArrayOutputStream both = new ByteArrayOutputStream(head.length + body.length);
            both.writeBytes(head);
            both.writeBytes(body);
            both.writeTo(out);
        }
        out.flush();
    }

    /** Returns the first line only: headers and bodies may hold credentials. */
    @Override
    public String toString() {
        return startLine.replaceFirst("\\?\\S*", "?...");
    }
}
