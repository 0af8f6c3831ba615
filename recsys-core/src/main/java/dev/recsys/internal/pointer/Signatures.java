package dev.recsys.internal.pointer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.internal.JsonDocument;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The signatures of an envelope: one by a trusted key over exactly the payload's bytes is enough. */
final class Signatures {
    /** So many are looked at; the others are not there. */
    static final int MAX = 8;

    private static final String FIELD = "signatures";

    private Signatures() {}

    static void put(ObjectNode envelope, byte[] payload, List<SigningKey> signers) {
        ArrayNode signatures = envelope.putArray(FIELD);
        for (SigningKey signer : signers) {
            signatures
                    .addObject()
                    .put("key_id", signer.id())
                    .put("sig", Base64.getEncoder().encodeToString(signer.sign(payload)));
        }
    }

    /** Returns the first few; none if there is no list of them. */
    static List<JsonNode> of(JsonDocument envelope) {
        JsonNode signatures = envelope.node().path(FIELD);
        return signatures instanceof ArrayNode array
                ? StreamSupport.stream(array.spliterator(), false).limit(MAX).toList()
                : List.of();
    }

    static void requireTrusted(TrustList trust, JsonDocument envelope, byte[] payload) {
        List<JsonNode> found = of(envelope);
        if (found.stream().noneMatch(signature -> isTrusted(trust, signature, payload))) {
            throw new DamagedException(envelope.name() + " is not signed by a trusted key: "
                    + (found.isEmpty() ? "it has no signature" : "found " + describe(trust, found))
                    + ", expected one of key " + String.join(" or ", trust.keyIds())
                    + ". If its publisher is to be trusted, sign there and ship again, or add the key here. To sign a"
                    + " surface for the first time, publish to it once with `--trust anyone` (TrustList.ANYONE).");
        }
    }

    private static boolean isTrusted(TrustList trust, JsonNode signature, byte[] payload) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.path("sig").asText());
            return trust.isSigned(signature.path("key_id").asText(), payload, bytes);
        } catch (IllegalArgumentException e) {
            return false; // not base64; another one may be good
        }
    }

    private static String describe(TrustList trust, List<JsonNode> found) {
        return found.stream()
                .map(signature -> signature.path("key_id").asText())
                .map(id -> trust.keyIds().contains(id)
                        ? "one of key " + id + " that does not fit the payload"
                        : "one of key " + (id.matches("[0-9a-f]{16}") ? id : "without an id")
                                + ", which is not trusted")
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
