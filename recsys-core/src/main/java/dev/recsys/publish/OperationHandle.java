package dev.recsys.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.internal.JsonDocument;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.store.BlobVersion;
import dev.recsys.trust.TrustList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** One attempted swap as a line of text that another process can take up: exact body and expected version included. */
final class OperationHandle {
    private static final String PREFIX = "recsys1.";
    private static final int MAX_BYTES = 4 * PointerCodec.MAX_BYTES;

    private OperationHandle() {}

    static String of(Attempt attempt) {
        ObjectNode json = JsonDocument.newObject();
        json.put("tenant", attempt.scope().tenant());
        json.put("surface", attempt.scope().surface());
        json.put("expected_version", attempt.expected().token());
        json.put("body", Base64.getEncoder().encodeToString(attempt.body()));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(gzip(JsonDocument.bytes(json)));
    }

    /**
     * Reads a handle.
     *
     * @throws IllegalArgumentException if it is not whole
     * @throws DamagedException if what it would publish is not signed by a trusted key
     */
    static Attempt parse(TrustList trust, String handle) {
        Attempt attempt = parse(handle);
        PointerCodec.requireTrusted(trust, "The revision that the handle holds", attempt.body());
        return attempt;
    }

    private static Attempt parse(String handle) {
        String text = handle.strip();
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "this is not an operation's handle: it begins with '" + PREFIX + "' and is one line");
        }
        try {
            byte[] json = gunzip(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
            JsonDocument document = JsonDocument.parse("handle", json);
            Scope scope = new Scope(document.text("tenant"), document.text("surface"));
            byte[] body = document.parsed("body", "base64", Base64.getDecoder()::decode);
            Pointer pointer = PointerCodec.decode(TrustList.ANYONE, scope, "handle", body);
            BlobVersion expected = new BlobVersion(document.text("expected_version"));
            return new Attempt(scope, expected, pointer, body);
        } catch (IOException | DamagedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the handle is not whole (" + e.getMessage() + "); copy it again, it is one line", e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readNBytes(MAX_BYTES);
        }
    }
}
