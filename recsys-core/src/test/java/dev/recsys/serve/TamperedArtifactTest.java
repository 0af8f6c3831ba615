package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static dev.recsys.serve.TamperedShop.OTHER_TENANT;
import static dev.recsys.serve.TamperedShop.artifactOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An artifact of the newest release, or what the manifest says of it, changed by one who may write to the store. */
class TamperedArtifactTest {
    private static final int HEADER_CRC_AT = 316;
    private static final int SECTION_TABLE_AT = 40;
    private static final int ITEM_POOL = 2;

    private static TamperedShop.Shelf shelf;

    @BeforeAll
    static void fillShelf(@TempDir Path directory) {
        shelf = new TamperedShop.Shelf(directory);
    }

    /** One way to tamper; the text is its name. */
    record Case(String name, BiConsumer<TamperedShop, BlobKey> tampering) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case bytes(String name, UnaryOperator<byte[]> change) {
        return new Case(name, (shop, key) -> shop.replace(key, change.apply(shop.bytes(key))));
    }

    /** The manifest lies; possible where nobody asks for signatures. */
    private static Case manifest(String name, BiConsumer<TamperedShop, ObjectNode> lie) {
        return new Case(name, (shop, key) -> shop.putCurrent(shop.forged(payload -> lie.accept(shop, payload))));
    }

    /** Bytes that the manifest's digest fits, and in which all checksums are right: the table's own rules are left. */
    private static Case forgedTable(String name, UnaryOperator<byte[]> change) {
        return manifest(name, (shop, payload) -> put(shop, payload, change.apply(shop.bytes(key(shop)))));
    }

    private static void put(TamperedShop shop, ObjectNode payload, byte[] bytes) {
        BlobKey key = ScopeKeys.artifact(SCOPE, ArtifactType.COOC, Sha256.of(bytes), "tx-forged");
        shop.replace(key, bytes);
        artifactOf(payload)
                .put("key", key.path())
                .put("sha256", Sha256.of(bytes).hex())
                .put("bytes", bytes.length);
    }

    private static BlobKey key(TamperedShop shop) {
        return shop.artifact(ArtifactType.COOC);
    }

    private static byte[] withNumber(byte[] table, int at, long value, int size) {
        byte[] changed = table.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        if (size == Long.BYTES) {
            buffer.putLong(at, value);
        } else {
            buffer.putInt(at, (int) value);
        }
        return withHeaderChecksum(changed);
    }

    private static byte[] withHeaderChecksum(byte[] table) {
        return withChecksum(table, 0, HEADER_CRC_AT, HEADER_CRC_AT);
    }

    private static byte[] withChecksum(byte[] table, int from, int length, int at) {
        CRC32C crc = new CRC32C();
        crc.update(table, from, length);
        ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).putInt(at, (int) crc.getValue());
        return table;
    }

    private static byte[] withIdsThatAreNotUtf8(byte[] table) {
        byte[] changed = table.clone();
        ByteBuffer header = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int entry = SECTION_TABLE_AT + 24 * ITEM_POOL;
        int offset = (int) header.getLong(entry);
        changed[offset] = (byte) 0xFF;
        withChecksum(changed, offset, (int) header.getLong(entry + 8), entry + 16);
        return withHeaderChecksum(changed);
    }

    static Stream<Case> cases() {
        return Stream.of(
                bytes("an artifact that was cut", bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
                bytes("an artifact that is empty", bytes -> new byte[0]),
                bytes("an artifact that is longer", bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
                bytes("an artifact that is a thousand times longer", bytes -> new byte[1000 * bytes.length]),
                bytes("an artifact with a flipped bit", bytes -> {
                    bytes[bytes.length / 2] ^= 1;
                    return bytes;
                }),
                new Case("an artifact that is missing", TamperedShop::remove),
                new Case("another artifact of the same length", (shop, key) -> {
                    byte[] other = TamperedShop.payload(shop.history(2))
                            .at("/manifest/artifacts/cooc/key")
                            .textValue()
                            .transform(path -> shop.bytes(new BlobKey(path)));
                    assertThat(other).hasSameSizeAs(shop.bytes(key));
                    shop.replace(key, other);
                }),
                new Case(
                        "another tenant's artifact in its place",
                        (shop, key) -> shop.replace(key, shop.bytes(theirs(shop, OTHER_TENANT.tenant())))),
                manifest(
                        "another tenant's artifact under a key of this scope",
                        (shop, payload) -> put(shop, payload, shop.bytes(theirs(shop, OTHER_TENANT.tenant())))),
                manifest(
                        "the popularity where the neighbours should be",
                        (shop, payload) -> put(shop, payload, shop.bytes(shop.artifact(ArtifactType.POPULARITY)))),
                manifest(
                        "a manifest that lies about the rows",
                        (shop, payload) -> artifactOf(payload).put("rows", 5)),
                manifest(
                        "a manifest that lies about the counts",
                        (shop, payload) -> ((ObjectNode) artifactOf(payload).path("counts")).put("entries", 5)),
                manifest("a manifest that lies about the counts of bytes that are loaded", (shop, payload) -> {
                    payload.set(
                            "manifest", TamperedShop.payload(shop.history(2)).path("manifest"));
                    ((ObjectNode) artifactOf(payload).path("counts")).put("entries", 5);
                }),
                manifest(
                        "a manifest that says fewer bytes",
                        (shop, payload) -> artifactOf(payload).put("bytes", 10)),
                manifest(
                        "a manifest that says more bytes",
                        (shop, payload) -> artifactOf(payload).put("bytes", 1L << 36)),
                manifest(
                        "a manifest that lies about the digest",
                        (shop, payload) -> artifactOf(payload).put("sha256", "0".repeat(64))),
                manifest(
                        "a manifest that lies about the id space",
                        (shop, payload) -> ((ObjectNode) payload.path("manifest")).put("compatibility_group", "isbn")),
                manifest(
                        "a key at which nothing lies",
                        (shop, payload) -> artifactOf(payload).put("key", "acme/home/artifacts/cooc/nothing.rst")),
                forgedTable("a table that says 2^31 entries", table -> withNumber(table, 24, 1L << 31, Long.BYTES)),
                forgedTable(
                        "a table that says 2^31 - 17 entries",
                        table -> withNumber(table, 24, (1L << 31) - 17, Long.BYTES)),
                forgedTable(
                        "a table that says 2^31 - 1 items",
                        table -> withNumber(
                                withNumber(table, 16, Integer.MAX_VALUE, Integer.BYTES),
                                20,
                                Integer.MAX_VALUE,
                                Integer.BYTES)),
                forgedTable(
                        "a table with a section of 2^62 bytes",
                        table -> withNumber(table, SECTION_TABLE_AT + 24 * ITEM_POOL + 8, 1L << 62, Long.BYTES)),
                forgedTable("a table whose ids are not UTF-8", TamperedArtifactTest::withIdsThatAreNotUtf8),
                forgedTable("a table that is compressed", table -> gzipMagic(table)));
    }

    private static byte[] gzipMagic(byte[] table) {
        byte[] changed = table.clone();
        changed[0] = 0x1f;
        changed[1] = (byte) 0x8b;
        return changed;
    }

    private static BlobKey theirs(TamperedShop shop, String tenant) {
        return shop.objects().keySet().stream()
                .filter(key -> key.path().startsWith(tenant + "/home/artifacts/cooc/"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNeverServedNorRolledBackToAndIsReported(Case tampered) {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            tampered.tampering().accept(shop, key(shop));

            SnapshotStatus loaded = shop.polled();
            SnapshotStatus fresh = shop.fresh(shop.store);

            assertThat(loaded.failures()).isEqualTo(1);
            assertThat(loaded.lastError().orElseThrow())
                    .contains("acme/home/artifacts/")
                    .hasSizeLessThan(1000);
            shop.assertReaderServes(2);
            assertThat(fresh.state()).isEqualTo(SnapshotStatus.State.NOT_READY);
            assertThat(shop.publisher.verify("acme", "home").damages())
                    .anyMatch(damage -> damage.object().startsWith("acme/home/artifacts/"));
            shop.ship(SCOPE, 9);
            byte[] current = shop.current();
            assertThatThrownBy(() -> shop.publisher.rollback(
                            RollbackRequest.of(SCOPE, "a rollback").to(3)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("acme/home/artifacts/");
            assertThat(shop.current()).isEqualTo(current);
            assertThat(shop.polled().revision().orElseThrow().release()).isEqualTo(4);
        }
    }

    @Test
    void anArtifactWithoutEndIsNotCopiedToItsEnd() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            EndlessStore endless = new EndlessStore(shop.store);

            SnapshotStatus fresh = shop.fresh(endless);

            assertThat(fresh.state()).isEqualTo(SnapshotStatus.State.NOT_READY);
            assertThat(fresh.lastError().orElseThrow()).contains("longer");
            assertThat(endless.written()).isLessThan(655_360L);
        }
    }
}
