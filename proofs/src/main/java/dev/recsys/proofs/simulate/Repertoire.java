package dev.recsys.proofs.simulate;

import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.proofs.simulate.Operation.PassesOver;
import dev.recsys.proofs.simulate.RevisionLog.Entry;
import dev.recsys.publish.Build;
import dev.recsys.publish.CollectRequest;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.publish.ShipRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** The operations that actors choose from. */
final class Repertoire {
    private static final Scope SCOPE = TinyBuilds.SCOPE;

    private final World world;
    private final SplittableRandom random;
    private final TinyBuilds builds;
    private final RevisionLog log;

    Repertoire(World world, TinyBuilds builds, RevisionLog log) {
        this.world = world;
        this.random = world.random();
        this.builds = builds;
        this.log = log;
    }

    Operation forPublisher() {
        int dice = random.nextInt(20);
        return dice == 0 ? create() : dice == 1 ? hold() : dice < 4 ? unhold() : ship(someBuild());
    }

    /** Often one of a few, so that the same bytes are shipped again. */
    private int someBuild() {
        return random.nextInt(world.chance(0.5) ? 3 : builds.size());
    }

    Operation forRollbacker() {
        int dice = random.nextInt(20);
        return dice == 0 ? newEpoch() : dice < 3 ? hold() : dice < 6 ? unhold() : rollback();
    }

    Operation forCollector() {
        int dice = random.nextInt(10);
        return dice < 2 ? pin() : dice == 2 ? unpin() : collect();
    }

    Operation ship(int number) {
        Build build = builds.get(number);
        boolean merge = world.chance(0.4);
        boolean rebase = world.chance(0.4);
        boolean force = world.chance(0.8);
        return new Operation(
                "ship-" + number, rebase ? PassesOver.OLDER_SHIPS : PassesOver.NOBODY, false, (publisher, reason) -> {
                    ShipRequest mine = ShipRequest.of(SCOPE, build, reason).createSurface();
                    mine = merge ? mine.merge() : mine;
                    mine = rebase ? mine.rebaseIfNewer() : mine;
                    return revision(publisher.ship(force ? mine.overrideAll() : mine));
                });
    }

    private Operation rollback() {
        boolean hold = world.chance(0.3);
        Optional<Pointer> known = log.oneOfTheNewest(3).map(Entry::pointer);
        int dice = known.isEmpty() ? 0 : random.nextInt(3);
        long target = known.map(pointer -> 1 + random.nextLong(pointer.seq())).orElse(1L);
        OptionalLong lease = dice == 1 ? OptionalLong.of(known.orElseThrow().release()) : OptionalLong.empty();
        return new Operation("rollback", PassesOver.NOBODY, false, lease, (publisher, reason) -> {
            RollbackRequest request = RollbackRequest.of(SCOPE, reason);
            request = hold ? request : request.withoutHold();
            if (dice == 1) {
                request = request.onlyFrom(new Release(known.orElseThrow().toRevision(true), false));
            }
            return revision(publisher.rollback(dice == 2 ? request.to(target) : request));
        });
    }

    private Operation create() {
        return new Operation(
                "create",
                PassesOver.NOBODY,
                false,
                (publisher, reason) -> Optional.of(publisher.createSurface(SCOPE.tenant(), SCOPE.surface(), reason)));
    }

    private Operation hold() {
        Duration most = Duration.ofSeconds(1 + random.nextInt(60));
        return new Operation(
                "hold",
                PassesOver.ANYBODY,
                false,
                (publisher, reason) -> Optional.of(publisher.hold(
                        SCOPE.tenant(),
                        SCOPE.surface(),
                        reason,
                        Optional.of(world.now().plus(most)))));
    }

    private Operation unhold() {
        return new Operation(
                "unhold",
                PassesOver.ANYBODY,
                false,
                (publisher, reason) -> Optional.of(publisher.unhold(SCOPE.tenant(), SCOPE.surface(), reason)));
    }

    /** Keeps little and for no time, so that everything that can be deleted is. */
    private Operation collect() {
        int releases = 1 + random.nextInt(3);
        Duration time = Duration.ofSeconds(world.chance(0.8) ? 0 : random.nextInt(60));
        return new Operation(
                "collect",
                PassesOver.ANYBODY,
                false,
                (publisher, reason) -> publisher
                        .collect(CollectRequest.of(SCOPE, reason)
                                .keepReleases(releases)
                                .keepFor(time))
                        .revision());
    }

    private Operation pin() {
        long release = someRelease();
        return new Operation(
                "pin",
                PassesOver.ANYBODY,
                false,
                (publisher, reason) -> Optional.of(publisher.pin(SCOPE.tenant(), SCOPE.surface(), release, reason)));
    }

    private Operation unpin() {
        long release = log.current()
                .map(entry -> entry.pointer().retention().pinned())
                .filter(pinned -> !pinned.isEmpty())
                .map(pinned -> pinned.get(random.nextInt(pinned.size())))
                .orElseGet(this::someRelease);
        return new Operation(
                "unpin",
                PassesOver.ANYBODY,
                false,
                (publisher, reason) -> Optional.of(publisher.unpin(SCOPE.tenant(), SCOPE.surface(), release, reason)));
    }

    private Operation newEpoch() {
        return new Operation(
                "new-epoch",
                PassesOver.NOBODY,
                true,
                (publisher, reason) -> Optional.of(publisher
                        .newEpoch(SCOPE.tenant(), SCOPE.surface(), reason)
                        .revision()));
    }

    private long someRelease() {
        return log.oneOfTheNewest(8).map(entry -> entry.pointer().release()).orElse(1L);
    }

    private static Optional<Revision> revision(Release release) {
        return Optional.of(release.revision());
    }
}
