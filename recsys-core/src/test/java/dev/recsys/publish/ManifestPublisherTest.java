package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestPublisherTest {
    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = new Publishers(clock).over(store, "test");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private Release ship(Build build) {
        return publisher.ship(ShipRequest.of(SCOPE, build, "a ship").createSurface());
    }

    private Release rollback() {
        return publisher.rollback("acme", "home", "it was bad");
    }

    @Test
    void aShipToASurfaceThatDoesNotExistIsRefusedUnlessItIsToBeCreated() {
        assertThatThrownBy(() -> publisher.ship("acme", "home", builds.both(10, 1), "first"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("acme/home")
                .hasMessageContaining("--create");
        assertThat(ship(builds.both(10, 1)).id()).isEqualTo(1);
    }

    @Test
    void aCreatedSurfaceHasNoReleaseUntilTheFirstShip() {
        Revision created = publisher.createSurface("acme", "home", "new shop");

        assertThat(created.release()).isZero();
        assertThat(publisher.ship("acme", "home", builds.both(10, 1), "first").id())
                .isEqualTo(2);
    }

    @Test
    void aSurfaceIsCreatedOnce() {
        publisher.createSurface("acme", "home", "new shop");

        assertThatThrownBy(() -> publisher.createSurface("acme", "home", "again"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("new shop");
    }

    @Test
    void aShipRecordsWhoWhenAndWhy() {
        Revision revision = ship(builds.both(10, 1)).revision();

        assertThat(revision.operation()).isEqualTo(new Revision.Operation("ship", "test", "a ship"));
        assertThat(revision.swappedAt()).isEqualTo(clock.instant());
        assertThat(publisher.history("acme", "home", 10)).containsExactly(revision);
    }

    @Test
    void shippingTheSameBuildAgainSwapsNothing() {
        Build build = builds.both(10, 1);
        ship(build);

        Release again = publisher.ship(
                ShipRequest.of(SCOPE, build, "again").overrideAll().createSurface());

        assertThat(again.alreadyCurrent()).isTrue();
        assertThat(publisher.history("acme", "home", 10)).hasSize(1);
    }

    @Test
    void rollbacksGoFurtherBackEachTime() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        ship(builds.both(10, 3));

        assertThat(rollback().id()).isEqualTo(2);
        assertThat(rollback().id()).isEqualTo(1);
        assertThatThrownBy(this::rollback).isInstanceOf(NotFoundException.class).hasMessageContaining("--to");
    }

    @Test
    void aRollbackSkipsWhatWasRolledBackBefore() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        ship(builds.both(10, 3));
        rollback();
        publisher.unhold("acme", "home", "mended");
        Release d = ship(builds.both(10, 4));

        assertThat(d.id()).isEqualTo(6);
        assertThat(rollback().id()).isEqualTo(2);
    }

    @Test
    void aRollbackIsANewRevisionOfAnOldRelease() {
        Release first = ship(builds.both(10, 1));
        ship(builds.both(10, 2));

        Release back = rollback();

        assertThat(back.revision().seq()).isEqualTo(3);
        assertThat(back.manifest()).isEqualTo(first.manifest());
    }

    @Test
    void aRollbackHoldsTheSurfaceUntilItIsLifted() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        rollback();

        assertThatThrownBy(() -> publisher.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 3), "nightly").overrideAll()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("hold")
                .hasMessageContaining("it was bad");
        publisher.unhold("acme", "home", "mended");
        assertThat(ship(builds.both(10, 3)).id()).isEqualTo(5);
    }

    @Test
    void aBuildThatWasRolledBackIsNotShippedAgainByItself() {
        ship(builds.both(10, 1));
        Build bad = builds.both(10, 2);
        ship(bad);
        rollback();
        publisher.unhold("acme", "home", "mended");

        assertThatThrownBy(() -> ship(bad)).isInstanceOf(RefusedException.class).hasMessageContaining("quarantined");

        publisher.ship(ShipRequest.of(SCOPE, bad, "it was good after all").override(Set.of(Gate.QUARANTINED)));
        assertThat(publisher.current("acme", "home").quarantined()).isEmpty();
    }

    @Test
    void aRollbackWithoutHoldLetsTheNextShipThrough() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        publisher.rollback(RollbackRequest.of(SCOPE, "slow").withoutHold());

        assertThat(ship(builds.both(10, 3)).id()).isEqualTo(4);
    }

    @Test
    void aRollbackOfAReleaseThatIsNoLongerCurrentIsAConflict() {
        ship(builds.both(10, 1));
        Release second = ship(builds.both(10, 2));
        ship(builds.both(10, 3));

        assertThatThrownBy(() -> publisher.rollback(second, "smoke test failed"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("release 3");
    }

    @Test
    void aLeaseOutlivesAHold() {
        ship(builds.both(10, 1));
        Release second = ship(builds.both(10, 2));
        publisher.hold("acme", "home", "looking", Optional.empty());

        assertThat(publisher.rollback(second, "smoke test failed").id()).isEqualTo(1);
    }

    @Test
    void aRollbackCanNameItsRelease() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        ship(builds.both(10, 3));

        assertThat(publisher
                        .rollback(RollbackRequest.of(SCOPE, "far back").to(1))
                        .id())
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        publisher.rollback(RollbackRequest.of(SCOPE, "no such").to(9)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Release 9");
        assertThatThrownBy(() -> publisher.rollback(
                        RollbackRequest.of(SCOPE, "a rollback is no release").to(4)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void goingForwardAgainQuarantinesNothing() {
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        rollback();
        publisher.rollback(RollbackRequest.of(SCOPE, "2 was good after all").to(2));

        assertThat(publisher.current("acme", "home").quarantined()).isEmpty();
        assertThat(rollback().id()).isEqualTo(1);
    }

    @Test
    void aRollbackToADamagedReleaseIsRefused() {
        Release first = ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        store.delete(first.manifest().artifact(ArtifactType.COOC).orElseThrow().key(), Duration.ofSeconds(1));

        assertThatThrownBy(this::rollback).isInstanceOf(DamagedException.class).hasMessageContaining("missing");
        assertThat(publisher.current("acme", "home").release()).isEqualTo(2);
    }

    @Test
    void aHoldThatIsOverAlreadyIsRefused() {
        ship(builds.both(10, 1));

        assertThatThrownBy(() -> publisher.hold("acme", "home", "late", Optional.of(clock.instant())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a time after");
    }

    @Test
    void aHoldEndsAtItsTime() {
        ship(builds.both(10, 1));
        publisher.hold("acme", "home", "sale", Optional.of(clock.instant().plusSeconds(60)));

        assertThatThrownBy(() -> ship(builds.both(10, 2))).isInstanceOf(RefusedException.class);
        clock.advance(Duration.ofSeconds(60));
        assertThat(ship(builds.both(10, 2)).revision().hold()).isEmpty();
    }

    @Test
    void liftingAHoldThatIsNotThereSwapsNothing() {
        ship(builds.both(10, 1));

        publisher.unhold("acme", "home", "just in case");

        assertThat(publisher.history("acme", "home", 10)).hasSize(1);
    }

    @Test
    void aShipReplacesTheManifestAndAMergeKeepsTheOtherTypes() {
        ship(builds.both(10, 1));

        Release merged = publisher.ship(
                ShipRequest.of(SCOPE, builds.popularityOnly(10, 2), "hourly").merge());
        assertThat(merged.manifest().artifacts()).containsOnlyKeys(ArtifactType.COOC, ArtifactType.POPULARITY);

        assertThatThrownBy(() -> ship(builds.popularityOnly(10, 3)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[shrink]")
                .hasMessageContaining("cooc");
        Release replaced = publisher.ship(ShipRequest.of(SCOPE, builds.popularityOnly(10, 3), "no cooc any more")
                .override(Set.of(Gate.SHRINK)));
        assertThat(replaced.manifest().artifacts()).containsOnlyKeys(ArtifactType.POPULARITY);
        assertThat(replaced.revision().operation().reason()).isEqualTo("no cooc any more (overridden: shrink)");
    }

    @Test
    void aMergeIsAsFreshAsItsOldestArtifact() {
        ship(builds.both(10, 1));

        Release merged = publisher.ship(
                ShipRequest.of(SCOPE, builds.popularityOnly(10, 5), "hourly").merge());

        assertThat(merged.manifest().watermark()).contains(Builds.day(1));
        assertThat(merged.manifest().window().orElseThrow().to()).isEqualTo(Builds.day(5));
    }

    @Test
    void anEmptyArtifactIsRefused() {
        assertThatThrownBy(() -> ship(builds.both(0, 1)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(RefusedException.Refusal::gate)
                                .containsExactly("empty", "empty"));
    }

    @Test
    void anEmptyBuildIsRefusedAndCanBeForced() {
        ship(builds.both(10, 1));
        Build empty = builds.both(0, 2);

        assertThatThrownBy(() -> ship(empty)).isInstanceOf(RefusedException.class);

        Release forced =
                publisher.ship(ShipRequest.of(SCOPE, empty, "clearance").overrideAll());
        assertThat(forced.revision().operation().reason()).isEqualTo("clearance (overridden: empty)");
    }

    @Test
    void anArtifactThatLosesMoreThanHalfOfItsItemsIsRefused() {
        ship(builds.both(10, 1));

        assertThatThrownBy(() -> ship(builds.both(4, 2)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("4 items, the current one 10: 60.0 % less, at most 50.0 %");
        assertThat(ship(builds.both(6, 2)).id()).isEqualTo(2);
    }

    @Test
    void anOlderWindowIsRefused() {
        ship(builds.both(10, 5));

        assertThatThrownBy(() -> ship(builds.both(10, 4)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[older_window]");
    }

    @Test
    void aTooLargeArtifactIsRefused() {
        ManifestPublisher strict = ManifestPublisher.builder(store, "strict")
                .limits(new GateLimits(0.5, 100))
                .build();

        assertThatThrownBy(() -> strict.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 1), "big").createSurface()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at most 100 are allowed");
    }

    @Test
    void aPopularityWithoutARowForEverybodyIsRefused() {
        Build odd =
                builds.write(SCOPE, Builds.day(1), build -> Builds.neighbours(build, ArtifactType.POPULARITY, 5, 1));

        assertThatThrownBy(() -> ship(odd)).isInstanceOf(RefusedException.class).hasMessageContaining("[schema]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Gate.class,
            names = {"EMPTY", "SHRINK", "OLDER_WINDOW", "SIZE", "SCHEMA"})
    void everyGateIsOverriddenOneByOneAndRecorded(Gate gate) {
        ship(builds.both(10, 5));
        Build build = buildThatIsRefusedBy(gate);
        ManifestPublisher strict = ManifestPublisher.builder(store, "strict")
                .limits(gate == Gate.SIZE ? new GateLimits(0.5, 100) : GateLimits.DEFAULT)
                .build();
        ShipRequest request = ShipRequest.of(SCOPE, build, "knowingly").merge();

        assertThatThrownBy(() -> strict.ship(request))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(RefusedException.Refusal::gate)
                                .containsOnly(gate.toString()));

        assertThat(strict.ship(request.override(Set.of(gate)))
                        .revision()
                        .operation()
                        .reason())
                .isEqualTo("knowingly (overridden: " + gate + ")");
    }

    private Build buildThatIsRefusedBy(Gate gate) {
        return switch (gate) {
            case EMPTY -> builds.both(0, 6);
            case SHRINK -> builds.both(4, 6);
            case OLDER_WINDOW -> builds.both(10, 4);
            case SCHEMA ->
                builds.write(SCOPE, Builds.day(6), build -> Builds.neighbours(build, ArtifactType.POPULARITY, 10, 6));
            default -> builds.both(10, 6);
        };
    }

    @Test
    void aSurfaceWhosePointerVanishedIsNotStartedAnew() {
        MemoryBlobStore restored = MemoryBlobStore.open();
        ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        BlobKey first = ScopeKeys.history(SCOPE, 1, 1);
        ReadResult entry = store.read(first, BlobVersion.ABSENT, 1 << 20, Duration.ofSeconds(1));
        restored.create(first, BlobSource.of(((ReadResult.Found) entry).blob().bytes()), Duration.ofSeconds(1));

        ManifestPublisher over = new Publishers(clock).over(restored, "test");
        assertThatThrownBy(() -> over.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 3), "anew").createSurface()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("vanished");
    }

    @Test
    void aSurfaceThatIsCreatedAndSupersededWhileAShipLooksHasNotVanished() {
        FaultyBlobStore slow = FaultyBlobStore.over(store.anotherEndpoint());
        slow.afterNext(StoreCall.READ, () -> {
            ship(builds.both(10, 1));
            ship(builds.both(10, 2));
        });

        Release third = new Publishers(clock)
                .over(slow, "slow")
                .ship(ShipRequest.of(SCOPE, builds.both(10, 3), "third").createSurface());

        assertThat(third.id()).isEqualTo(3);
    }

    @Test
    void anUploadThatIsCollectedBeforeItsSurfaceWasThereIsAConflictWithWhoCreatedIt() {
        FaultyBlobStore slow = FaultyBlobStore.over(store.anotherEndpoint());
        ManifestPublisher other = new Publishers(clock).over(store, "other");
        slow.beforeNext(StoreCall.STAT, () -> {
            ship(builds.both(10, 1));
            other.collect(CollectRequest.of(SCOPE, "tidy"));
        });

        assertThatThrownBy(() -> new Publishers(clock)
                        .over(slow, "slow")
                        .ship(ShipRequest.of(SCOPE, builds.both(10, 3), "third").createSurface()))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void theCurrentReleaseIsVerifiedAlsoBehindABrokenHistory() {
        Release first = ship(builds.both(10, 1));
        ship(builds.both(10, 2));
        rollback();
        store.delete(ScopeKeys.history(SCOPE, 1, 2), Duration.ofSeconds(1));
        BlobKey needed =
                first.manifest().artifact(ArtifactType.COOC).orElseThrow().key();
        store.delete(needed, Duration.ofSeconds(1));

        assertThat(publisher.verify("acme", "home").damages())
                .extracting(VerifyReport.Damage::object)
                .containsExactly(ScopeKeys.history(SCOPE, 1, 2).path(), needed.path());
    }

    @Test
    void aBuildOfAnotherScopeIsRefused() {
        Build other = builds.both(new Scope("acme", "cart"), 10, 1, Builds.day(1));

        assertThatThrownBy(() -> ShipRequest.of(SCOPE, other, "wrong folder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/cart")
                .hasMessageContaining("acme/home");
    }

    @Test
    void aDiffSaysWhatChanged() {
        ship(builds.both(10, 1));
        publisher.ship(
                ShipRequest.of(SCOPE, builds.popularityOnly(10, 2), "hourly").merge());

        List<ReleaseDiff.Change> changes = publisher.diff("acme", "home", 1, 2).changes();

        assertThat(changes)
                .extracting(ReleaseDiff.Change::type, ReleaseDiff.Change::kind)
                .containsExactly(
                        tuple(ArtifactType.COOC, ReleaseDiff.Kind.SAME),
                        tuple(ArtifactType.POPULARITY, ReleaseDiff.Kind.CHANGED));
    }

    @Test
    void reasonsAreRequired() {
        assertThatThrownBy(() -> publisher.createSurface("acme", "home", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason is blank");
        assertThatThrownBy(() -> ManifestPublisher.open(store, "two\nlines"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control character");
    }

    @Test
    void namesOfUsersOfTheStoreNeverMeet() {
        Scope lower = new Scope("acme", "home");
        Scope upper = new Scope("Acme", "Home");
        publisher.ship(ShipRequest.of(lower, builds.both(10, 1), "one").createSurface());
        publisher.ship(ShipRequest.of(upper, builds.both(upper, 10, 2, Builds.day(2)), "other")
                .createSurface());

        assertThat(publisher.current("acme", "home").manifest().watermark()).contains(Builds.day(1));
        assertThat(publisher.current("Acme", "Home").manifest().watermark()).contains(Builds.day(2));
    }
}
