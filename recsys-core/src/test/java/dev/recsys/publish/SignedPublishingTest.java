package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.Keys;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedPublishingTest {
    private static final SigningKey OLD = Keys.fresh();
    private static final SigningKey NEW = Keys.fresh();

    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private ManifestPublisher.Builder builder() {
        return publishers.builder(store, "test");
    }

    private void ship(ManifestPublisher publisher, int salt) {
        publisher.ship(ShipRequest.of(SCOPE, builds.both(10, salt), "a ship").createSurface());
    }

    private static TrustList trust(SigningKey key) {
        return TrustList.of(key.publicKey());
    }

    private PointerReads reads(TrustList trust) {
        return new PointerReads(store, trust, Duration.ofSeconds(1));
    }

    private String current() {
        return new String(reads(TrustList.ANYONE).current(SCOPE).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void everyOperationIsSigned() {
        ManifestPublisher publisher = builder().signWith(OLD).trust(trust(OLD)).build();
        publisher.createSurface("acme", "home", "new shop");
        ship(publisher, 1);
        ship(publisher, 2);
        publisher.hold("acme", "home", "a sale", Optional.empty());
        publisher.unhold("acme", "home", "over");
        publisher.rollback("acme", "home", "bad");
        store.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> publisher.hold("acme", "home", "lost", Optional.empty()));
        store.heal();
        publisher.abort(unknown.handle(), "never mind");

        StoredPointer current = reads(trust(OLD)).current(SCOPE).orElseThrow();
        assertThat(current.pointer().operation().kind()).isEqualTo("fence");
        assertThat(publisher.history("acme", "home", 100)).hasSize(7);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void signedPointersAreReadWithoutKeys() {
        ship(builder().signWith(OLD).build(), 1);

        assertThat(builder().readOnly().build().current("acme", "home").release())
                .isEqualTo(1);
    }

    @Test
    void aPublisherWithoutAKeyDoesNotFollowASignedRevision() {
        ship(builder().signWith(OLD).build(), 1);
        String before = current();

        assertThatThrownBy(() -> ship(builder().build(), 2))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unsigned");
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void anEpochOverADamagedPointerIsSignedAsTheHistoryWas() {
        ship(builder().signWith(OLD).build(), 1);
        ship(builder().signWith(OLD).build(), 2);
        StoredPointer pointer = reads(TrustList.ANYONE).current(SCOPE).orElseThrow();
        store.compareAndSet(ScopeKeys.current(SCOPE), pointer.version(), new byte[] {1}, Duration.ofSeconds(1));

        assertThatThrownBy(() -> builder().build().newEpoch("acme", "home", "damaged"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unsigned");
        assertThat(builder()
                        .signWith(OLD)
                        .build()
                        .newEpoch("acme", "home", "damaged")
                        .revision()
                        .epoch())
                .isEqualTo(2);
    }

    @Test
    void aPublisherThatWouldNotTrustItselfIsNotBuilt() {
        assertThatThrownBy(() -> builder().trust(trust(OLD)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OLD.id());
        assertThatThrownBy(() -> builder().signWith(NEW).trust(trust(OLD)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would publish what nobody trusts");
    }

    @Test
    void aPublisherThatOnlyReadsNeedsNoKeyAndChangesNothing() {
        ship(builder().signWith(OLD).build(), 1);
        ManifestPublisher reader = builder().trust(trust(OLD)).readOnly().build();
        String before = current();

        assertThat(reader.current("acme", "home").release()).isEqualTo(1);
        Build build = builds.both(10, 2);
        assertThatThrownBy(() -> reader.ship("acme", "home", build, "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.rollback("acme", "home", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.hold("acme", "home", "x", Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.unhold("acme", "home", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.createSurface("acme", "cart", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.resume("x")).isInstanceOf(IllegalStateException.class);
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void aKeyIsRotatedInFourSteps() {
        ship(builder().signWith(OLD).trust(trust(OLD)).build(), 1);
        TrustList both = TrustList.of(OLD.publicKey(), NEW.publicKey());
        ManifestPublisher signingWithBoth =
                builder().signWith(OLD, NEW).trust(both).build();

        ship(signingWithBoth, 2);
        assertThat(reads(trust(OLD)).current(SCOPE)).isPresent();
        assertThat(reads(trust(NEW)).current(SCOPE)).isPresent();

        ManifestPublisher signingWithNew = builder().signWith(NEW).trust(both).build();
        ship(signingWithNew, 3);
        signingWithNew.rollback(
                RollbackRequest.of(SCOPE, "back to what the old key signed").to(1));
        assertThat(reads(trust(NEW)).current(SCOPE)).isPresent();

        ManifestPublisher forgotten = builder().signWith(NEW).trust(trust(NEW)).build();
        assertThatThrownBy(() -> forgotten.diff("acme", "home", 1, 3))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(OLD.id());
    }

    @Test
    void aTrustListIsGivenToASurfaceThatWasUnsignedByOneSignedOperation() {
        ship(builder().build(), 1);
        ManifestPublisher strict = builder().signWith(NEW).trust(trust(NEW)).build();
        assertThatThrownBy(() -> ship(strict, 2)).isInstanceOf(DamagedException.class);

        ship(builder().signWith(NEW).trust(TrustList.ANYONE).build(), 2);
        ship(strict, 3);

        assertThat(strict.current("acme", "home").release()).isEqualTo(3);
        assertThatThrownBy(() -> strict.diff("acme", "home", 1, 3)).isInstanceOf(DamagedException.class);
    }

    @Test
    void aPublisherThatSignsVouchesForNothingThatItsKeysDidNotSign() {
        ship(builder().build(), 1);
        String unsigned = current();
        ManifestPublisher signing = builder().signWith(OLD).build();

        assertThatThrownBy(() -> ship(signing, 2))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("it has no signature")
                .hasMessageContaining("--trust anyone");
        assertThatThrownBy(() -> signing.hold("acme", "home", "a minute", Optional.empty()))
                .isInstanceOf(DamagedException.class);
        assertThat(current()).isEqualTo(unsigned);

        builder().signWith(OLD).trust(TrustList.ANYONE).build().hold("acme", "home", "looked at", Optional.empty());
        signing.unhold("acme", "home", "signed now");
        ship(signing, 2);
        String signed = current();
        assertThatThrownBy(() -> ship(builder().signWith(NEW).build(), 3))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(OLD.id());
        assertThat(current()).isEqualTo(signed);
    }

    @Test
    void moreKeysThanReadersLookAtAreRefused() {
        SigningKey[] keys = new SigningKey[9];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Keys.fresh();
        }

        assertThatThrownBy(() -> builder().signWith(keys).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 8");
    }

    @Test
    void withoutKeysTheListOfSignaturesIsEmptyAsBefore() {
        ship(builder().build(), 1);

        assertThat(current()).endsWith("\"signatures\":[]}");
    }
}
