package dev.recsys.publish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.UnsafeStoreException;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.testkit.MemoryBlobStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbedPublisherTest {
    private final MemoryBlobStore store = MemoryBlobStore.open();

    private long probes() {
        return store.list("_recsys/probe/run/", "", 100, Duration.ofSeconds(5)).stream()
                .map(key -> key.segments().get(3))
                .distinct()
                .count();
    }

    @Test
    void aStoreIsProbedBeforeTheFirstSurfaceAndNotAgain() {
        ManifestPublisher.Builder builder =
                ManifestPublisher.builder(store, "ann").probe(StoreProbe.quick());
        try (ManifestPublisher first = builder.build();
                ManifestPublisher second = builder.build()) {
            first.createSurface("acme", "home", "new");
            first.createSurface("acme", "cart", "new");
            second.createSurface("acme", "search", "new");
        }

        assertThat(probes()).isEqualTo(1);
    }

    @Test
    void whatReadsOrUndoesIsNotHeldUpByAProbe() {
        try (ManifestPublisher unasked = ManifestPublisher.open(store, "ann");
                ManifestPublisher asking = ManifestPublisher.builder(store, "ann")
                        .probe(StoreProbe.quick())
                        .build()) {
            unasked.createSurface("acme", "home", "new");
            asking.hold("acme", "home", "look first", Optional.empty());
            asking.current("acme", "home");
        }

        assertThat(probes()).isZero();
    }

    @Test
    void anUnsafeStoreGetsNoSurfaceHoweverOftenItIsAsked() {
        try (ManifestPublisher publisher = ManifestPublisher.builder(store, "ann")
                .probe(StoreProbe.quick(), () -> new UnsafeStores.IgnoresTheLimit(store.anotherEndpoint()))
                .build()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> publisher.createSurface("acme", "home", "new"))
                        .isInstanceOf(UnsafeStoreException.class)
                        .hasMessageContaining("byte-limit (line 9");
            }
            assertThat(publisher.surfaces()).isEmpty();
        }
    }
}
