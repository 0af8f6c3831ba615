package dev.recsys.testserver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages of HTTP/1.1 (RFC 9112) from a connection, whole. */
final class WireReader {
    static final int LARGEST_BODY_BYTES = 64 * 1024 * 1024;
    private static final int LARGEST_HEAD_BYTES = 256 * 1024;

    private final BufferedInputStream in;
    private int headBytes;

    WireReader(InputStream in) {
        this.in = new BufferedInputStream(in, 16 * 1024);
    }

    /** Returns the head of the next message; empty if the other side closed the connection instead. */
    Optional<WireMessage> head() throws IOException {
        headBytes = 0;
        Optional<String> start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        List<WireField> fields = new ArrayList<>();
        String line = lineOrThrow();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header line without a name");
            }
            fields.add(new WireField(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
            line = lineOrThrow();
        }
        return Optional.of(new WireMessage(start.get(), fields, new byte[0]));
    }

    /** Returns a request with its body, which may have a length or come in chunks. */
    WireMessage requestWithBody(WireMessage head) throws IOException {
        if (head.says("Transfer-Encoding", "chunked")) {
            return head.withBody(chunks());
        }
        return head.withBody(fixed(length(head).orElse(0L)));
    }

    /** Returns an answer with its body, which may also go to the end of the connection. */
    WireMessage answerWithBody(WireMessage head, boolean mayHaveBody) throws IOException {
        if (!mayHaveBody) {
            return head;
        }
        if (head.says("Transfer-Encoding", "chunked")) {
            return head.withBody(chunks()).measured();
        }
        Optional<Long> length = length(head);
        byte[] body = length.isPresent() ? fixed(length.get()) : rest();
        return head.withBody(body).measured();
    }

    /** Reads and forgets what comes until the other side closes the connection. */
    void drain() throws IOException {
        byte[] buffer = new byte[8 * 1024];
        int count = in.read(buffer);
        while (count >= 0) {
            count = in.read(buffer);
        }
    }

    private static Optional<Long> length(WireMessage head) throws IOException {
        Optional<String> value = head.first("Content-Length");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().matches("[0-9]{1,18}")) {
            throw new IOException("Content-Length is no number");
        }
        return Optional.of(Long.parseLong(value.get()));
    }

    private byte[] fixed(long length) throws IOException {
        refuseTooLarge(length);
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("a body of " + length + " bytes ended after " + body.length);
        }
        return body;
    }

    private byte[] rest() throws IOException {
        byte[] body = in.readNBytes(LARGEST_BODY_BYTES + 1);
        refuseTooLarge(body.length);
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = chunkSize();
        while (size > 0) {
            refuseTooLarge((long) body.size() + size);
            body.writeBytes(fixed(size));
            lineOrThrow();
            size = chunkSize();
        }
        while (!lineOrThrow().isEmpty()) {
            headBytes = 0; // trailers are read and dropped
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        headBytes = 0;
        String size = lineOrThrow().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("the size of a chunk is no number");
        }
        long bytes = Long.parseLong(size, 16);
        refuseTooLarge(bytes);
        return (int) bytes;
    }

    private static void refuseTooLarge(long bytes) throws IOException {
        if (bytes > LARGEST_BODY_BYTES) {
            throw new BodyTooLargeException();
        }
    }

    private String lineOrThrow() throws IOException {
        return line().orElseThrow(() -> new EOFException("the connection ended within a head"));
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (++headBytes > LARGEST_HEAD_BYTES) {
                throw new IOException("a head of more than " + LARGEST_HEAD_BYTES + " bytes");
            }
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** A body is larger than the proxy keeps. */
    static final class BodyTooLargeException extends IOException {
        BodyTooLargeException() {
            super("a body of more than " + LARGEST_BODY_BYTES + " bytes, which the proxy does not keep");
        }
    }
}
