package dev.recsys.internal.pointer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.internal.JsonDocument;
import dev.recsys.store.Sha256;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.util.Base64;
import java.util.List;

/**
 * Wraps a payload so that exactly its bytes are checked and signed, never a re-serialisation; after DSSE (Dead Simple
 * Signing Envelope, version 1.0.2).
 */
final class Envelope {
    private static final String PAYLOAD_TYPE = "application/vnd.recsys.pointer+json";

    private Envelope() {}

    static byte[] wrap(byte[] payload, List<SigningKey> signers) {
        ObjectNode envelope = JsonDocument.newObject();
        envelope.put("payload_type", PAYLOAD_TYPE);
        envelope.put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.put("sha256", Sha256.of(payload).hex());
        Signatures.put(envelope, payload, signers);
        return JsonDocument.bytes(envelope);
    }

    /** Returns the payload, once its digest and, where a trust list asks for one, a signature fit it. */
    static byte[] unwrap(TrustList trust, String name, byte[] bytes) {
        JsonDocument envelope = JsonDocument.parse(name, bytes);
        if (!envelope.text("payload_type").equals(PAYLOAD_TYPE)) {
            throw envelope.unexpected("payload_type", PAYLOAD_TYPE);
        }
        byte[] payload =
                envelope.parsed("payload", "base64", text -> Base64.getDecoder().decode(text));
        Sha256 declared = envelope.parsed("sha256", "a SHA-256", Sha256::new);
        Sha256 found = Sha256.of(payload);
        if (!found.equals(declared)) {
            throw new DamagedException(name + " was altered: its payload has the digest " + found + ", expected "
                    + declared + ". Pointers are never edited by hand: ship or roll back instead.");
        }
        if (trust.asksForSignatures()) {
            Signatures.requireTrusted(trust, envelope, payload);
        }
        return payload;
    }

    /** Returns whether there is a signature, by whomsoever. */
    static boolean isSigned(String name, byte[] bytes) {
        return !Signatures.of(JsonDocument.parse(name, bytes)).isEmpty();
    }
}
