package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.UnsafeStoreException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.Release;
import dev.recsys.publish.probe.StoreProbe;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.Keys;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release goes from one store to another, through the gates and the one swap of the other. */
class PromoteTest {
    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final MemoryBlobStore source = MemoryBlobStore.open();
    private final MemoryBlobStore target = MemoryBlobStore.open();
    private final FaultyBlobStore faultySource = FaultyBlobStore.over(source.anotherEndpoint());
    private final FaultyBlobStore faultyTarget = FaultyBlobStore.over(target.anotherEndpoint());
    private final ManifestPublisher there = publishers.over(source, "there");
    private final ManifestPublisher here = publishers.over(faultyTarget, "here");
    private final ManifestPublisher other = publishers.over(target, "other");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void shipTwiceThereAndOnceHere() {
        builds = new Builds(directory);
        there.ship(ShipRequest.of(SCOPE, builds.both(10, 2), "first").createSurface());
        there.ship("acme", "home", builds.both(10, 3), "second");
        other.ship(ShipRequest.of(SCOPE, builds.both(10, 1), "own").createSurface());
        other.hold("acme", "home", "look first", Optional.empty());
        other.unhold("acme", "home", "looked");
    }

    private PromoteRequest request() {
        return PromoteRequest.from(faultySource, SCOPE, "to the second region");
    }

    private int artifactsHere() {
        return target.list("acme/home/artifacts/", "", 100, Duration.ofSeconds(1))
                .size();
    }

    private List<String> kindsHere() {
        return other.history("acme", "home", 100).stream()
                .map(revision -> revision.operation().kind())
                .toList();
    }

    private void requireUntouched() {
        assertThat(kindsHere()).containsExactly("unhold", "hold", "ship");
    }

    @Test
    void aPromotedReleaseHasTheSameArtifactsUnderNewNamesAndAnIdOfItsOwn() {
        Release promoted = here.promote(request());

        assertThat(promoted.id()).isEqualTo(4);
        assertThat(promoted.alreadyCurrent()).isFalse();
        assertThat(promoted.revision().operation().kind()).isEqualTo("promote");
        assertThat(promoted.revision().operation().reason()).isEqualTo("to the second region");
        assertThat(promoted.revision().manifest().digests())
                .isEqualTo(there.current("acme", "home").manifest().digests());
        assertThat(promoted.revision().manifest().artifacts().values())
                .extracting(ArtifactRef::key)
                .doesNotContainAnyElementsOf(there.current("acme", "home").manifest().artifacts().values().stream()
                        .map(ArtifactRef::key)
                        .toList());
        assertThat(other.verify("acme", "home").damages()).isEmpty();
        assertThat(other.current("acme", "home").seq()).isEqualTo(4);
    }

    @Test
    void whereAReleaseCameFromIsRecordedBesideItsOwnEvidence() {
        Release promoted = here.promote(request());

        assertThat(promoted.revision().manifest().evidence())
                .containsEntry("made_by", "test")
                .containsEntry("promoted_from", source.location() + ", revision 1/2, release 2");
    }

    @Test
    void anOlderRetainedReleaseIsPromotedByItsId() {
        Release promoted = here.promote(request().release(1));

        assertThat(promoted.revision().manifest().evidence().get("promoted_from"))
                .endsWith("revision 1/1, release 1");
        assertThatThrownBy(() -> here.promote(request().release(7))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theSameReleaseAgainCopiesAndSwapsNothing() {
        here.promote(request());
        int artifacts = artifactsHere();
        int copies = faultySource.count(StoreCall.COPY);

        Release again = here.promote(request());

        assertThat(again.alreadyCurrent()).isTrue();
        assertThat(again.id()).isEqualTo(4);
        assertThat(artifactsHere()).isEqualTo(artifacts);
        assertThat(faultySource.count(StoreCall.COPY)).isEqualTo(copies);
        assertThat(kindsHere()).containsExactly("promote", "unhold", "hold", "ship");
    }

    @Test
    void aHoldHereRefusesBeforeAnythingIsCopied() {
        other.hold("acme", "home", "stock-taking", Optional.empty());

        assertThatThrownBy(() -> here.promote(request().overrideAll()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("stock-taking");
        assertThat(faultySource.count(StoreCall.COPY)).isZero();
    }

    @Test
    void aHoldThatIsSetDuringTheCopyStillRefuses() {
        faultySource.beforeNext(StoreCall.COPY, () -> other.hold("acme", "home", "just now", Optional.empty()));

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("just now");
    }

    @Test
    void whatWasRolledBackHereIsRefused() {
        Release promoted = here.promote(request());
        other.rollback(RollbackRequest.of(SCOPE, "bad").onlyFrom(promoted).withoutHold());

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("rolled back before");
        assertThat(here.promote(request().overrideAll()).revision().operation().reason())
                .contains("overridden")
                .contains("quarantined");
    }

    @Test
    void whatWasRolledBackThereIsRefused() {
        there.rollback("acme", "home", "bad");

        assertThatThrownBy(() -> here.promote(request().release(2)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("rolled back in " + source.location());
        requireUntouched();
        assertThat(here.promote(request().release(2).overrideAll()).alreadyCurrent())
                .isFalse();
    }

    @Test
    void anOlderReleaseThanTheCurrentOneIsRefused() {
        other.ship("acme", "home", builds.both(10, 5), "newer");

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("newest event");
        assertThat(faultySource.count(StoreCall.COPY)).isZero();
    }

    @Test
    void anArtifactThatIsAlteredOnTheWayFromThereChangesNothing() {
        faultySource.next(StoreCall.COPY, Fault.BIT_FLIPPED);

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("was altered");
        requireUntouched();
        assertThat(artifactsHere()).isEqualTo(2);
    }

    @Test
    void anArtifactThatIsMissingThereChangesNothing() {
        there.current("acme", "home")
                .manifest()
                .artifacts()
                .values()
                .forEach(ref -> source.delete(ref.key(), Duration.ofSeconds(1)));

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("is missing in " + source.location());
        requireUntouched();
    }

    @Test
    void anArtifactThatCannotBeReadBackHereIsNotMadeCurrent() {
        faultyTarget.always(StoreCall.COPY, Fault.BIT_FLIPPED);

        assertThatThrownBy(() -> here.promote(request())).isInstanceOf(DamagedException.class);
        requireUntouched();
    }

    @Test
    void aSourceThatDoesNotAnswerChangesNothing() {
        faultySource.always(StoreCall.COPY, Fault.UNAVAILABLE);

        assertThatThrownBy(() -> here.promote(request())).isInstanceOf(StoreUnavailableException.class);
        requireUntouched();
    }

    @Test
    void anUnknownOutcomeHasAHandleThatIsResumedWithoutTheSource() {
        faultyTarget.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> here.promote(request()));
        faultyTarget.heal();
        faultySource.always(Fault.UNAVAILABLE);

        Resolution resolution = other.resume(unknown.handle());

        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        assertThat(kindsHere()).startsWith("promote", "unhold");
    }

    @Test
    void aShipThatWasFirstIsAConflict() {
        faultyTarget.beforeNext(
                StoreCall.SWAP, () -> other.ship("acme", "home", builds.both(10, 3), "first after all"));

        assertThatThrownBy(() -> here.promote(request()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("promote")
                .hasMessageContaining("first after all");
    }

    @Test
    void aCollectionMeanwhileIsPassedOverWithFreshNames() {
        faultyTarget.beforeNext(StoreCall.SWAP, () -> other.collect(CollectRequest.of(SCOPE, "retention")));

        assertThat(here.promote(request()).alreadyCurrent()).isFalse();
        assertThat(other.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void aSurfaceIsCreatedOnlyWhereThatIsAsked() {
        MemoryBlobStore empty = MemoryBlobStore.open();
        try (ManifestPublisher publisher = publishers.over(empty, "here")) {
            assertThatThrownBy(() -> publisher.promote(request())).isInstanceOf(NotFoundException.class);
            assertThat(publisher.promote(request().createSurface()).id()).isEqualTo(1);
        }
    }

    @Test
    void aSurfaceThatNothingWasShippedToHasNothingToPromote() {
        MemoryBlobStore bare = MemoryBlobStore.open();
        publishers.over(bare, "there").createSurface("acme", "home", "new");

        assertThatThrownBy(() -> here.promote(PromoteRequest.from(bare, SCOPE, "why")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aReleaseIsNotPromotedWithinOneStore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.promote(PromoteRequest.from(target, SCOPE, "why")))
                .withMessageContaining("roll back");
    }

    @Test
    void theSourceIsTrustedByItsOwnKeys() {
        SigningKey theirs = Keys.fresh();
        SigningKey ours = Keys.fresh();
        publishers
                .builder(source, "there")
                .signWith(theirs)
                .trust(TrustList.ANYONE)
                .build()
                .ship("acme", "home", builds.both(10, 4), "signed");
        ManifestPublisher strict = publishers
                .builder(MemoryBlobStore.open(), "here")
                .signWith(ours)
                .trust(TrustList.of(ours.publicKey()))
                .build();
        PromoteRequest creating = request().createSurface();

        assertThatThrownBy(() -> strict.promote(creating)).isInstanceOf(DamagedException.class);
        assertThat(strict.promote(creating.trustSource(TrustList.of(theirs.publicKey())))
                        .id())
                .isEqualTo(1);
    }

    @Test
    void anUnsafeStoreTakesNoPromotion() {
        ManifestPublisher asking = publishers
                .builder(target, "here")
                .probe(StoreProbe.quick(), () -> {
                    throw new UnsafeStoreException("one-winner");
                })
                .build();

        assertThatThrownBy(() -> asking.promote(request())).isInstanceOf(UnsafeStoreException.class);
        requireUntouched();
    }
}
