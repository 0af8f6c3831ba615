package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.Keys;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A surface with three releases, a reader that serves the second and has not seen the third, and an attacker who may
 * write every object: what a stolen credential of the bucket allows. Signed or not; the attacker has no key.
 */
final class TamperedShop implements AutoCloseable {
    static final Scope OTHER_TENANT = new Scope("other", "home");
    static final Scope OTHER_SURFACE = new Scope("acme", "cart");
    static final SigningKey KEY = Keys.fresh();
    static final SigningKey STRANGER = Keys.fresh();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final BlobKey CURRENT = ScopeKeys.current(SCOPE);

    final MemoryBlobStore store = MemoryBlobStore.open();
    final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    final ManifestPublisher publisher;
    private final Shelf shelf;
    private final TrustList trust;
    private final EmbeddedRecommender reader;

    private TamperedShop(Shelf shelf, boolean signed) {
        trust = signed ? TrustList.of(KEY.publicKey()) : TrustList.ANYONE;
        this.shelf = shelf;
        ManifestPublisher.Builder builder =
                new Publishers(FakeClock.at("2026-02-01T00:00:00Z")).builder(faulty, "test");
        publisher = (signed ? builder.signWith(KEY).trust(trust) : builder).build();
        reader = reader(store);
    }

    /** Builds that all shops of a test class ship. */
    static final class Shelf {
        private final Builds builds;
        private final Map<String, Build> made = new HashMap<>();

        Shelf(Path directory) {
            builds = new Builds(directory);
        }

        Build get(Scope scope, int salt) {
            return made.computeIfAbsent(scope + " " + salt, unseen -> builds.both(scope, 10, salt, Builds.day(salt)));
        }
    }

    static TamperedShop open(Shelf shelf, boolean signed) {
        TamperedShop shop = new TamperedShop(shelf, signed);
        shop.ship(SCOPE, 1);
        shop.ship(SCOPE, 2);
        shop.reader.preload("acme", "home", ENOUGH);
        shop.ship(SCOPE, 3);
        shop.ship(OTHER_TENANT, 4);
        shop.ship(OTHER_SURFACE, 5);
        return shop;
    }

    void ship(Scope scope, int salt) {
        publisher.ship(ShipRequest.of(scope, shelf.get(scope, salt), "a ship").createSurface());
    }

    EmbeddedRecommender reader(BlobStore over) {
        return EmbeddedRecommender.builder(over)
                .trust(trust)
                .refreshInterval(Duration.ofDays(1))
                .build();
    }

    SnapshotStatus polled() {
        return reader.invalidate("acme", "home").join();
    }

    /** The status of a reader that starts now, over a store. */
    SnapshotStatus fresh(BlobStore over) {
        try (EmbeddedRecommender fresh = reader(over)) {
            return fresh.invalidate("acme", "home").join();
        }
    }

    void assertReaderServes(long release) {
        assertThat(reader.recommend("acme", "home", "u1").items()).hasSize(10);
        assertThat(reader.recommend("acme", "home", "u1").release()).isEqualTo(release);
    }

    byte[] current() {
        return current(SCOPE);
    }

    byte[] current(Scope scope) {
        return read(ScopeKeys.current(scope)).bytes();
    }

    byte[] history(long seq) {
        return read(ScopeKeys.history(SCOPE, 1, seq)).bytes();
    }

    private Blob read(BlobKey key) {
        return ((ReadResult.Found) store.read(key, BlobVersion.ABSENT, 1 << 30, ENOUGH)).blob();
    }

    void putCurrent(byte[] bytes) {
        SwapResult result = store.compareAndSet(CURRENT, read(CURRENT).version(), bytes, ENOUGH);
        assertThat(result).isInstanceOf(SwapResult.Applied.class);
    }

    void replace(BlobKey key, byte[] bytes) {
        store.delete(key, ENOUGH);
        store.create(key, BlobSource.of(bytes), ENOUGH);
    }

    void remove(BlobKey key) {
        store.delete(key, ENOUGH);
    }

    /** Every object with its digest. */
    Map<BlobKey, Sha256> objects() {
        Map<BlobKey, Sha256> objects = new TreeMap<>();
        store.list("", "", 10_000, ENOUGH)
                .forEach(key -> objects.put(key, Sha256.of(read(key).bytes())));
        return objects;
    }

    BlobKey artifact(ArtifactType type) {
        return new BlobKey(payload(current())
                .at("/manifest/artifacts/" + type.name() + "/key")
                .textValue());
    }

    byte[] bytes(BlobKey key) {
        return read(key).bytes();
    }

    static ObjectNode json(byte[] bytes) {
        try {
            return (ObjectNode) JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode payload(byte[] envelope) {
        return json(Base64.getDecoder().decode(json(envelope).path("payload").textValue()));
    }

    /** The current pointer with a changed payload, whose digest fits it, and the signatures it had. */
    byte[] forged(Consumer<ObjectNode> change) {
        ObjectNode payload = payload(current());
        change.accept(payload);
        return withPayload(bytes(payload));
    }

    byte[] withPayload(byte[] payload) {
        return withEnvelope(
                envelope -> envelope.put("payload", Base64.getEncoder().encodeToString(payload))
                        .put("sha256", Sha256.of(payload).hex()));
    }

    byte[] withEnvelope(Consumer<ObjectNode> change) {
        ObjectNode envelope = json(current());
        change.accept(envelope);
        return bytes(envelope);
    }

    static ObjectNode artifactOf(ObjectNode payload) {
        return (ObjectNode) payload.at("/manifest/artifacts/cooc");
    }

    @Override
    public void close() {
        reader.close();
    }
}
