package dev.recsys.internal.pointer;

import static dev.recsys.internal.pointer.Pointers.SCOPE;
import static dev.recsys.internal.pointer.Pointers.decode;
import static dev.recsys.internal.pointer.Pointers.digest;
import static dev.recsys.internal.pointer.Pointers.full;
import static dev.recsys.internal.pointer.Pointers.rewritten;
import static dev.recsys.internal.pointer.Pointers.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.JsonDocument;
import dev.recsys.trust.TrustList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointerCodecTest {
    private static void assertDamaged(byte[] bytes) {
        assertDamaged(bytes, "the pointer");
    }

    private static void assertDamaged(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(DamagedException.class)
                .hasMessageContainingAll(parts);
    }

    /** By their texts, which name every field: a parser makes other kinds of nodes for a number than a writer. */
    private static void assertSame(Pointer found, Pointer expected) {
        assertThat(found).hasToString(expected.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Consumer<ObjectNode> artifactKey(String key) {
        return payload -> ((ObjectNode) payload.at("/manifest/artifacts/cooc")).put("key", key);
    }

    @Test
    void everyFieldComesBack() {
        assertSame(decode(PointerCodec.encode(full())), full());
    }

    @Test
    void theSamePointerHasTheSameBytesAfterItWasRead() {
        byte[] bytes = PointerCodec.encode(full());

        assertThat(PointerCodec.encode(decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void theFirstRevisionComesBack() {
        Pointer first = Pointer.first(SCOPE, "tx-1", Pointers.NOW, new Operation("create", "ann", "new shop"));

        assertSame(decode(PointerCodec.encode(first)), first);
    }

    @Test
    void aRevisionOfTablesHasNoParentWhateverItsNumber() {
        Pointer tables = Pointer.ofTables(SCOPE, 12, "tx-12", full().manifest().value(), "tables");
        byte[] shipped = rewritten(tables, payload -> ((ObjectNode) payload.path("op")).put("kind", "ship"));

        assertSame(decode(PointerCodec.encode(tables)), tables);
        assertDamaged(shipped, "/parent");
    }

    @Test
    void fieldsOfANewerWriterInsideTheManifestSurviveACopy() {
        byte[] newer = rewritten(full(), payload -> {
            ((ObjectNode) payload.path("manifest")).put("added_later", 1);
            ((ObjectNode) payload.at("/manifest/artifacts/cooc")).put("added_too", "x");
        });
        Pointer old = decode(newer);

        Pointer rolledBack = full().withRelease(old.release(), old.manifest());

        assertThat(text(PointerCodec.payload(rolledBack)))
                .contains("\"added_later\":1")
                .contains("\"added_too\":\"x\"");
    }

    @Test
    void fieldsOfANewerWriterElsewhereAreIgnored() {
        byte[] newer = rewritten(full(), payload -> payload.put("added_later", 1));

        assertSame(decode(newer), full());
    }

    @Test
    void aPayloadThatWasEditedByHandIsRefusedWithAdvice() {
        String envelope = text(PointerCodec.encode(full()));
        String other = text(rewritten(full(), payload -> payload.put("seq", 10)));
        String edited = envelope.replaceFirst("\"payload\":\"[^\"]*\"", payloadField(other));

        assertDamaged(bytes(edited), "was altered", "never edited by hand", "roll back");
    }

    private static String payloadField(String envelope) {
        return envelope.replaceFirst(".*(\"payload\":\"[^\"]*\").*", "$1");
    }

    @Test
    void aDigestThatWasEditedIsRefused() {
        String envelope = text(PointerCodec.encode(full()));

        assertDamaged(
                bytes(envelope.replaceFirst("\"sha256\":\"[^\"]*\"", "\"sha256\":\"" + digest(5) + '"')),
                "was altered",
                digest(5).hex());
        assertDamaged(bytes(envelope.replaceFirst("\"sha256\":\"[^\"]*\"", "\"sha256\":\"none\"")), "/sha256");
    }

    @Test
    void anEnvelopeOfAnotherTypeIsRefused() {
        String envelope = text(PointerCodec.encode(full()));

        assertDamaged(bytes(envelope.replace("vnd.recsys.pointer", "vnd.other")), "/payload_type", "vnd.other");
    }

    @Test
    void aPayloadThatIsNotBase64IsRefused() {
        String envelope = text(PointerCodec.encode(full()));

        assertDamaged(bytes(envelope.replaceFirst("\"payload\":\"", "\"payload\":\"*")), "/payload", "base64");
    }

    @Test
    void anotherScopesPointerIsRefused() {
        byte[] bytes = PointerCodec.encode(full());

        assertThatThrownBy(() -> PointerCodec.decode(TrustList.ANYONE, new Scope("acme", "cart"), "the pointer", bytes))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("belongs to acme/home, expected acme/cart");
        assertThatThrownBy(() -> PointerCodec.decode(TrustList.ANYONE, new Scope("Acme", "home"), "the pointer", bytes))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void aPointerForNewerReadersOnlyIsRefusedAsSuchWhateverElseIsInIt() {
        assertThatThrownBy(() -> decode(wrapped("{\"min_reader\":2}")))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("Upgrade");
    }

    @Test
    void aPointerForNewerWritersOnlyIsReadButNotFollowed() {
        byte[] newer = rewritten(full(), payload -> payload.put("min_writer", 2));

        assertSame(decode(newer), full());
        assertThatThrownBy(() -> PointerCodec.requireWritable("the pointer", newer))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("writer of format 2");
        assertThatCode(() -> PointerCodec.requireWritable("the pointer", PointerCodec.encode(full())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/cart/artifacts/cooc/x.rst",
                "other/home/artifacts/cooc/x.rst",
                "acme/home/artifacts/popularity/x.rst",
                "acme/home/history/1/00000000000000000001",
                "acme/home/artifacts/coocx",
                "x.rst"
            })
    void aKeyOutsideOfItsScopeAndTypeIsRefused(String key) {
        assertDamaged(rewritten(full(), artifactKey(key)), "/manifest/artifacts/cooc/key", "acme/home/artifacts/cooc/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/home/artifacts/cooc/../../../other",
                "/etc/passwd",
                "file:///etc/passwd",
                "acme/home/artifacts/cooc/X.rst",
                "acme//home",
                "acme/home/current/artifacts/cooc/x"
            })
    void aKeyThatIsNoKeyIsRefused(String key) {
        assertDamaged(rewritten(full(), artifactKey(key)), "/manifest/artifacts/cooc/key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format",
                "min_reader",
                "min_writer",
                "tenant",
                "surface",
                "epoch",
                "seq",
                "tx",
                "swapped_at",
                "op",
                "release",
                "manifest",
                "quarantined",
                "retained",
                "collector_run"
            })
    void aMissingFieldIsNamed(String field) {
        byte[] bytes = rewritten(full(), payload -> payload.remove(field));
        if (field.equals("format")) {
            assertSame(decode(bytes), full());
        } else if (field.equals("min_writer")) {
            assertThatThrownBy(() -> PointerCodec.requireWritable("the pointer", bytes))
                    .hasMessageContaining("/min_writer, found nothing");
        } else {
            assertDamaged(bytes, "/" + field + ", found nothing");
        }
    }

    @Test
    void aWrongFieldIsNamedWithWhatWasFound() {
        assertDamaged(rewritten(full(), payload -> payload.put("seq", "9")), "/seq, found \"9\"");
        assertDamaged(rewritten(full(), payload -> payload.put("seq", 0)), "/seq, found 0");
        assertDamaged(rewritten(full(), payload -> payload.put("seq", 1.5)), "/seq, found 1.5");
        assertDamaged(rewritten(full(), payload -> payload.put("swapped_at", "yesterday")), "/swapped_at", "yesterday");
        assertDamaged(rewritten(full(), payload -> payload.put("hold", true)), "/hold, found true");
        assertDamaged(
                rewritten(full(), payload -> payload.putArray("quarantined").add("x")), "/quarantined");
    }

    @Test
    void aWindowThatEndsBeforeItStartsIsRefused() {
        assertDamaged(
                rewritten(
                        full(),
                        payload -> ((ObjectNode) payload.at("/manifest/artifacts/cooc/window"))
                                .put("to", "1999-01-01T00:00:00Z")),
                "/manifest/artifacts/cooc/window");
    }

    @Test
    void anArtifactTypeThatIsNoneIsRefused() {
        assertDamaged(
                rewritten(full(), payload -> ((ObjectNode) payload.at("/manifest/artifacts")).putObject("No/type")),
                "/manifest/artifacts/No/type");
    }

    @Test
    void aPointerThatIsTooLongIsNotWritten() {
        Pointer pointer = full().next(
                        digest(9),
                        "tx-10",
                        Pointers.NOW,
                        new Operation("ship", "ann", "x".repeat(PointerCodec.MAX_BYTES)));

        assertThatThrownBy(() -> PointerCodec.encode(pointer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/home")
                .hasMessageContaining("65536");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        String payload = text(PointerCodec.payload(full()));

        assertDamaged(wrapped(payload.replaceFirst("\\{", "{\"seq\":1,")), "Duplicate field 'seq'");
        assertDamaged(bytes("{\"sha256\":\"a\",\"sha256\":\"b\"}"), "Duplicate field 'sha256'");
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        assertDamaged(wrapped("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"), "nesting depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no json", "[]", "null", "\"text\"", "{", "{} {}", "{'a':1}", "\u0000"})
    void whatIsNoJsonObjectIsRefused(String text) {
        assertDamaged(bytes(text));
        assertDamaged(wrapped(text));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertDamaged(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});
    }

    @Test
    void everyPrefixIsRefused() {
        byte[] bytes = PointerCodec.encode(full());
        for (int length = 0; length < bytes.length; length++) {
            assertDamaged(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void aMessageIsNeverAsLongAsWhatItIsAbout() {
        String longText = "x".repeat(10_000);
        assertThatThrownBy(() -> decode(rewritten(full(), payload -> payload.put("seq", longText))))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(300));
    }

    @Test
    void theDocumentIsReadByItsNameInMessages() {
        assertThatThrownBy(() -> JsonDocument.parse("this very pointer", bytes("{")))
                .hasMessageContaining("this very pointer");
    }
}
