package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static dev.recsys.serve.TamperedShop.KEY;
import static dev.recsys.serve.TamperedShop.OTHER_SURFACE;
import static dev.recsys.serve.TamperedShop.OTHER_TENANT;
import static dev.recsys.serve.TamperedShop.STRANGER;
import static dev.recsys.serve.TamperedShop.artifactOf;
import static dev.recsys.serve.TamperedShop.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import dev.recsys.trust.SigningKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pointer, replaced by one who may write to the store. What nobody can find without signatures is here too: a test
 * says so, so that the day on which it can be found is noticed.
 */
class TamperedPointerTest {
    private static final Sha256 DIGEST = Sha256.of(new byte[0]);

    private static TamperedShop.Shelf shelf;

    @BeforeAll
    static void fillShelf(@TempDir Path directory) {
        shelf = new TamperedShop.Shelf(directory);
    }

    /** One way to tamper; the text is its name. */
    record Case(String name, Function<TamperedShop, byte[]> tampered) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case bytes(String name, Function<byte[], byte[]> change) {
        return new Case(name, shop -> change.apply(shop.current()));
    }

    private static Case envelope(String name, Consumer<ObjectNode> change) {
        return new Case(name, shop -> shop.withEnvelope(change));
    }

    private static Case forged(String name, Consumer<ObjectNode> change) {
        return new Case(name, shop -> shop.forged(change));
    }

    private static Case key(String name, String key) {
        return forged(name, payload -> artifactOf(payload).put("key", key));
    }

    private static Case text(String name, String payload) {
        return new Case(name, shop -> shop.withPayload(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x04;
        return changed;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static String replaced(byte[] bytes, String field, String literal) {
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceFirst("\"" + field + "\":[0-9]+", "\"" + field + "\":" + literal);
    }

    private static Case number(String name, String field, String literal) {
        return new Case(name, shop -> {
            byte[] payload = TamperedShop.bytes(payload(shop.current()));
            return shop.withPayload(utf8(replaced(payload, field, literal)));
        });
    }

    static Stream<Case> brokenBytes() {
        return Stream.of(
                bytes("a pointer that is empty", bytes -> new byte[0]),
                bytes("a pointer of one byte", bytes -> Arrays.copyOf(bytes, 1)),
                bytes("a pointer that was cut in its payload", bytes -> Arrays.copyOf(bytes, bytes.length / 2)),
                bytes("a pointer without its last byte", bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
                bytes(
                        "a pointer that was cut before its digest",
                        bytes -> Arrays.copyOf(bytes, indexOf(bytes, "sha256"))),
                bytes("a pointer whose first bit was flipped", bytes -> flipped(bytes, 0)),
                bytes("a flipped bit in the payload", bytes -> flipped(bytes, indexOf(bytes, "\"payload\":") + 400)),
                bytes("a flipped bit in the digest", bytes -> flipped(bytes, indexOf(bytes, "\"sha256\":") + 20)),
                bytes("a pointer of zeros", bytes -> new byte[bytes.length]),
                bytes("a pointer that is a web page", bytes -> utf8("<html>404</html>")),
                bytes("a pointer that is a list", bytes -> utf8("[1,2]")),
                bytes("a pointer that is a thousand brackets deep", bytes -> utf8("{\"a\":" + "[".repeat(1000))),
                bytes(
                        "a second document behind the first",
                        bytes -> utf8(new String(bytes, StandardCharsets.UTF_8) + "{}")),
                bytes(
                        "a field of the envelope that is there twice",
                        bytes -> utf8(
                                new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\{", "{\"sha256\":\"x\","))),
                envelope("another payload type", envelope -> envelope.put("payload_type", "application/json")),
                envelope("a payload that is not base64", envelope -> envelope.put("payload", "not base64")),
                envelope("a payload that is an object", envelope -> envelope.putObject("payload")),
                new Case("another tenant's pointer", shop -> shop.current(OTHER_TENANT)),
                new Case("another surface's pointer", shop -> shop.current(OTHER_SURFACE)));
    }

    static Stream<Case> impossiblePayloads() {
        return Stream.of(
                text("a payload that is a thousand brackets deep", "{\"a\":" + "[".repeat(1000)),
                text("a payload of one field", "{\"min_reader\":1}"),
                new Case(
                        "a field of the payload that is there twice",
                        shop -> shop.withPayload(
                                utf8(new String(TamperedShop.bytes(payload(shop.current())), StandardCharsets.UTF_8)
                                        .replaceFirst("\\{", "{\"seq\":99,")))),
                number("seq zero", "seq", "0"),
                number("a negative seq", "seq", "-1"),
                number("a seq of 2^63", "seq", "9223372036854775808"),
                number("a seq of 1e400", "seq", "1e400"),
                number("a seq with a fraction", "seq", "3.0"),
                number("a seq of nine hundred digits", "seq", "9".repeat(900)),
                number("a seq of two thousand digits", "seq", "9".repeat(2000)),
                number("a seq at the end of all numbers", "seq", "9223372036854775807"),
                number("a seq that does not follow its parent's", "seq", "1003"),
                number("an epoch of zero", "epoch", "0"),
                number("an epoch at the end of all numbers", "epoch", "9223372036854775807"),
                number("an epoch beyond any number of restores", "epoch", "1001"),
                number("a release that was not shipped yet", "release", "1000"),
                forged("a seq that is a text", payload -> payload.put("seq", "3")),
                forged("no parent", payload -> payload.remove("parent")),
                forged("another tenant inside", payload -> payload.put("tenant", "other")),
                forged("a tenant of several lines", payload -> payload.put("tenant", "acme\nrecsys: all is well")),
                forged(
                        "a reason that moves the terminal's cursor",
                        payload -> ((ObjectNode) payload.path("op")).put("reason", "fine\u001b[2J")),
                forged(
                        "evidence whose name has several lines",
                        payload -> ((ObjectNode) payload.at("/manifest/evidence")).put("a\nb", "c")),
                forged(
                        "an artifact type with a line end",
                        payload -> ((ObjectNode) payload.at("/manifest/artifacts")).putObject("cooc\nall is well")),
                forged("more quarantined digests than there can be", payload -> {
                    ArrayNode digests = payload.putArray("quarantined");
                    IntStream.range(0, 65).forEach(i -> digests.add(DIGEST.hex()));
                }),
                forged("more pinned releases than there can be", payload -> {
                    ArrayNode pinned = ((ObjectNode) payload.path("retained")).putArray("pinned");
                    IntStream.range(0, 65).forEach(i -> pinned.add(1));
                }),
                forged("more exceptions from retention than there can be", payload -> {
                    ArrayNode also = ((ObjectNode) payload.path("retained")).putArray("also");
                    IntStream.range(0, 65)
                            .forEach(i -> also.addObject().put("release", 1).put("retired_seq", 1));
                }),
                forged(
                        "a pinned release that is a text",
                        payload -> ((ObjectNode) payload.path("retained"))
                                .putArray("pinned")
                                .add("one")),
                forged(
                        "a pinned release with a fraction",
                        payload -> ((ObjectNode) payload.path("retained"))
                                .putArray("pinned")
                                .add(1.5)),
                forged(
                        "a pinned release of 2^64",
                        payload -> ((ObjectNode) payload.path("retained"))
                                .putArray("pinned")
                                .add(BigInteger.TWO.pow(64))),
                forged(
                        "an exception from retention without numbers",
                        payload -> ((ObjectNode) payload.path("retained"))
                                .putArray("also")
                                .addObject()),
                forged(
                        "a quarantined number",
                        payload -> payload.putArray("quarantined").add(7)),
                forged(
                        "an artifact longer than any disk",
                        payload -> artifactOf(payload).put("bytes", Long.MAX_VALUE)),
                key("a key that climbs out of its folder", "acme/home/artifacts/cooc/../../../../etc/passwd"),
                key("a key that climbs out in another notation", "acme/home/artifacts/cooc/..\\..\\passwd"),
                key("an absolute key", "/etc/passwd"),
                key("a key that is an address", "https://example.org/acme/home/artifacts/cooc/x.rst"),
                key("a key of another tenant", "other/home/artifacts/cooc/x.rst"),
                key("a key of another type", "acme/home/artifacts/popularity/x.rst"),
                key("a key of a register", "acme/home/artifacts/cooc/current"),
                key("a key of the history", "acme/home/history/1/00000000000000000001"));
    }

    private static Case signature(String name, Function<TamperedShop, ArrayNode> signatures) {
        return new Case(name, shop -> {
            ArrayNode replaced = signatures.apply(shop);
            return shop.withEnvelope(envelope -> envelope.set("signatures", replaced));
        });
    }

    private static ArrayNode none() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static ArrayNode one(String keyId, byte[] sig) {
        ArrayNode signatures = none();
        signatures
                .addObject()
                .put("key_id", keyId)
                .put("sig", Base64.getEncoder().encodeToString(sig));
        return signatures;
    }

    private static ArrayNode signaturesOf(byte[] envelope) {
        return (ArrayNode) TamperedShop.json(envelope).path("signatures");
    }

    private static byte[] payloadBytes(TamperedShop shop) {
        return Base64.getDecoder()
                .decode(TamperedShop.json(shop.current()).path("payload").textValue());
    }

    private static ArrayNode by(SigningKey key, String keyId, TamperedShop shop) {
        return one(keyId, key.sign(payloadBytes(shop)));
    }

    /** A payload that follows all rules: what a stolen credential would publish. */
    static Stream<Case> plausiblePayloads() {
        return Stream.of(
                forged("a next revision with an older release's artifacts", payload -> {
                    ((ObjectNode) payload.path("parent")).put("seq", 3);
                    payload.put("seq", 4).put("release", 4).put("tx", "tx-forged");
                }),
                forged("another reason", payload -> ((ObjectNode) payload.path("op")).put("reason", "not so")),
                forged(
                        "a hold that nobody set",
                        payload -> payload.putObject("hold").put("by", "nobody").put("reason", "why not")),
                forged("a next epoch", payload -> payload.put("epoch", 2)));
    }

    static Stream<Case> brokenSignatures() {
        return Stream.of(
                signature("a stripped signature", shop -> none()),
                envelope("an envelope without the field of signatures", envelope -> envelope.remove("signatures")),
                envelope("signatures that are a text", envelope -> envelope.put("signatures", "trust me")),
                envelope(
                        "signatures that are an object",
                        envelope -> envelope.putObject("signatures").put("key_id", KEY.id())),
                signature("signatures that are numbers", shop -> none().add(1).add(2)),
                signature("a signature of a key that is not trusted", shop -> by(STRANGER, STRANGER.id(), shop)),
                signature("a stranger's signature under a trusted id", shop -> by(STRANGER, KEY.id(), shop)),
                signature("a trusted signature under a stranger's id", shop -> by(KEY, STRANGER.id(), shop)),
                signature("a signature without an id", shop -> by(KEY, "", shop)),
                signature("a signature whose id has several lines", shop -> by(KEY, "x\nrecsys: all is well", shop)),
                signature("the signature of the revision before", shop -> signaturesOf(shop.history(2))),
                signature(
                        "the signature of another surface's pointer",
                        shop -> signaturesOf(shop.current(OTHER_SURFACE))),
                signature("a signature over the envelope instead", shop -> one(KEY.id(), KEY.sign(shop.current()))),
                signature("a signature of zeros", shop -> one(KEY.id(), new byte[64])),
                signature("an empty signature", shop -> one(KEY.id(), new byte[0])),
                signature(
                        "a signature that was cut",
                        shop -> one(KEY.id(), Arrays.copyOf(KEY.sign(payloadBytes(shop)), 63))),
                signature(
                        "a signature that is too long",
                        shop -> one(KEY.id(), Arrays.copyOf(KEY.sign(payloadBytes(shop)), 65))),
                signature(
                        "a signature with a flipped bit",
                        shop -> one(KEY.id(), flipped(KEY.sign(payloadBytes(shop)), 5))),
                signature("a signature that is not base64", shop -> {
                    ArrayNode signatures = none();
                    signatures.addObject().put("key_id", KEY.id()).put("sig", "*not base64*");
                    return signatures;
                }),
                signature("a thousand signatures before the good one", shop -> {
                    ArrayNode signatures = none();
                    IntStream.range(0, 1000).forEach(i -> signatures.addObject().put("key_id", "x"));
                    return signatures.addAll(by(KEY, KEY.id(), shop));
                }));
    }

    static Stream<Case> refusedWithoutSignatures() {
        return Stream.concat(brokenBytes(), impossiblePayloads());
    }

    static Stream<Case> refusedWithSignatures() {
        return Stream.of(brokenBytes(), plausiblePayloads(), brokenSignatures()).flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("refusedWithoutSignatures")
    void isRefusedByEverybody(Case tampering) {
        assertRefusedByEverybody(tampering, false);
    }

    @ParameterizedTest
    @MethodSource("refusedWithSignatures")
    void isRefusedByEverybodyWhoAsksForSignatures(Case tampering) {
        assertRefusedByEverybody(tampering, true);
    }

    private void assertRefusedByEverybody(Case tampering, boolean signed) {
        try (TamperedShop shop = TamperedShop.open(shelf, signed)) {
            shop.putCurrent(tampering.tampered().apply(shop));
            Map<BlobKey, Sha256> before = shop.objects();

            SnapshotStatus loaded = shop.polled();
            SnapshotStatus fresh = shop.fresh(shop.store);

            assertThat(loaded.failures()).isEqualTo(1);
            assertOneLine(loaded.lastError().orElseThrow());
            shop.assertReaderServes(2);
            assertThat(fresh.state()).isEqualTo(SnapshotStatus.State.NOT_READY);
            Build build = shelf.get(SCOPE, 9);
            assertDamaged(() -> shop.publisher.current("acme", "home"));
            assertDamaged(() -> shop.publisher.ship("acme", "home", build, "a ship"));
            assertDamaged(() -> shop.publisher.rollback("acme", "home", "a rollback"));
            assertThat(shop.objects()).isEqualTo(before);
        }
    }

    private static void assertDamaged(ThrowingCallable operation) {
        assertThatThrownBy(operation)
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("acme/home/current")
                .satisfies(e -> assertOneLine(String.valueOf(e.getMessage())));
    }

    private static void assertOneLine(String message) {
        assertThat(message).hasSizeLessThan(1000).doesNotContainPattern("\\p{Cntrl}");
    }

    static Stream<Case> plausibleWithoutSignatures() {
        return plausiblePayloads();
    }

    @ParameterizedTest
    @MethodSource("plausibleWithoutSignatures")
    void isBelievedWhereNobodyAsksForSignatures(Case tampering) {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            shop.putCurrent(tampering.tampered().apply(shop));

            assertThat(shop.polled().failures()).isZero();
            assertThat(shop.fresh(shop.store).state()).isEqualTo(SnapshotStatus.State.FRESH);
        }
    }

    static Stream<Case> refusedByReadersWithAMemory() {
        return Stream.of(
                forged("a seq far ahead", payload -> {
                    payload.put("seq", 2_000_000).put("tx", "tx-far");
                    ((ObjectNode) payload.path("parent")).put("seq", 1_999_999);
                }),
                forged(
                        "an epoch far ahead",
                        payload -> payload.put("epoch", 1000).put("tx", "tx-far")),
                forged("the same seq under another identity", payload -> {
                    payload.put("seq", 2).put("release", 2).put("tx", "tx-other");
                    ((ObjectNode) payload.path("parent")).put("seq", 1);
                }),
                new Case("the artifacts that the reader has in memory, with other rows", shop -> {
                    ObjectNode payload = payload(shop.history(2));
                    payload.put("seq", 3).put("tx", "tx-lie");
                    ((ObjectNode) payload.path("parent")).put("seq", 2);
                    artifactOf(payload).put("rows", 1_000_000);
                    return shop.withPayload(TamperedShop.bytes(payload));
                }));
    }

    @ParameterizedTest
    @MethodSource("refusedByReadersWithAMemory")
    void isRefusedByAReaderThatServes(Case tampering) {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            shop.putCurrent(tampering.tampered().apply(shop));

            SnapshotStatus loaded = shop.polled();

            assertThat(loaded.failures()).isEqualTo(1);
            shop.assertReaderServes(2);
        }
    }

    @Test
    void anOldPointerThatIsReplayedIsRefusedByReadersThatServeAndByPublishersWhoSeeThatItMovedOn() {
        for (boolean signed : List.of(false, true)) {
            try (TamperedShop shop = TamperedShop.open(shelf, signed)) {
                shop.putCurrent(shop.history(1));
                Map<BlobKey, Sha256> before = shop.objects();

                assertThat(shop.polled().lastError().orElseThrow()).contains("goes back");
                shop.assertReaderServes(2);
                assertThat(catchThrowable(() -> shop.publisher.current("acme", "home")))
                        .isInstanceOf(DamagedException.class)
                        .hasMessageContaining("put back");
                assertThat(catchThrowable(() -> shop.publisher.hold("acme", "home", "x", Optional.empty())))
                        .isInstanceOf(DamagedException.class);
                assertThat(shop.objects()).isEqualTo(before);
                assertThat(shop.fresh(shop.store).state())
                        .as("a reader without a memory cannot know; see SECURITY.md")
                        .isEqualTo(SnapshotStatus.State.FRESH);
            }
        }
    }

    @Test
    void aPointerForNewerReadersIsRefusedAsSuch() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            shop.putCurrent(shop.forged(payload -> payload.put("min_reader", 2)));

            assertThat(shop.polled().lastError().orElseThrow()).contains("Upgrade");
            shop.assertReaderServes(2);
            assertThatThrownBy(() -> shop.publisher.current("acme", "home")).isInstanceOf(NewerFormatException.class);
        }
    }

    @Test
    void oneGoodSignatureAmongBadOnesIsEnough() {
        try (TamperedShop shop = TamperedShop.open(shelf, true)) {
            ArrayNode signatures = by(STRANGER, KEY.id(), shop);
            signatures.add("x").addAll(by(STRANGER, STRANGER.id(), shop)).addAll(by(KEY, KEY.id(), shop));
            shop.putCurrent(shop.withEnvelope(envelope -> envelope.set("signatures", signatures)));

            assertThat(shop.polled().revision().orElseThrow().release()).isEqualTo(3);
        }
    }

    @Test
    void theRefusalNamesTheObjectAndTheKeysFoundAndExpected() {
        try (TamperedShop shop = TamperedShop.open(shelf, true)) {
            ArrayNode signatures = by(STRANGER, STRANGER.id(), shop);
            shop.putCurrent(shop.withEnvelope(envelope -> envelope.set("signatures", signatures)));

            assertThat(shop.polled().lastError().orElseThrow())
                    .contains(
                            "acme/home/current",
                            "found one of key " + STRANGER.id(),
                            "expected one of key " + KEY.id());
        }
    }
}
