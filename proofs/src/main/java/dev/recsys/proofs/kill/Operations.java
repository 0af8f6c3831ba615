package dev.recsys.proofs.kill;

import dev.recsys.OutcomeUnknownException;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.proofs.Told;
import dev.recsys.publish.CollectRequest;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Resolution;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.publish.ShipRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** What a publisher process does: every kind of operation, and what each tells its caller. */
final class Operations {
    /** The kinds, with how often each is chosen. */
    enum Kind {
        SHIP(40),
        ROLLBACK(16),
        HOLD(2),
        UNHOLD(6),
        COLLECT(16),
        PIN(4),
        UNPIN(4),
        RESUME(6),
        ABORT(6);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An operation whose outcome was unknown, and its last word. */
    record Resolved(String operation, Told told) {}

    private record Open(String operation, String handle) {}

    private final Scene scene;
    private final ManifestPublisher publisher;
    private final Random random;
    private final List<Open> open = new ArrayList<>();

    Operations(Scene scene, ManifestPublisher publisher, Random random) {
        this.scene = scene;
        this.publisher = publisher;
        this.random = random;
    }

    /** Remembers an operation of which nobody knows what became of it. */
    void keep(String operation, String handle) {
        open.add(new Open(operation, handle));
    }

    /** Returns a random kind; what is open is mostly looked after at once. */
    Kind anyKind() {
        if (!open.isEmpty() && random.nextInt(5) > 0) {
            return random.nextInt(3) == 0 ? Kind.RESUME : Kind.ABORT;
        }
        int dice = random.nextInt(100);
        for (Kind kind : Kind.values()) {
            dice -= kind.weight;
            if (dice < 0) {
                return kind;
            }
        }
        return Kind.SHIP;
    }

    /** Does it; what becomes of an earlier operation thereby is said to the consumer. */
    Told run(Kind kind, int surface, String operation, Consumer<Resolved> resolved) {
        Scope scope = Scene.surface(surface);
        String tenant = scope.tenant();
        String name = scope.surface();
        return switch (kind) {
            case SHIP -> told(publisher.ship(ship(surface, operation)));
            case ROLLBACK -> told(publisher.rollback(rollback(scope, operation)));
            case HOLD -> told(publisher.hold(tenant, name, operation, Optional.empty()), operation);
            case UNHOLD -> told(publisher.unhold(tenant, name, operation), operation);
            case COLLECT ->
                publisher
                        .collect(CollectRequest.of(scope, operation)
                                .keepReleases(1 + random.nextInt(3))
                                .keepFor(Duration.ZERO))
                        .revision()
                        .map(revision -> Told.COMMITTED)
                        .orElse(Told.ALREADY_SO);
            case PIN -> told(publisher.pin(tenant, name, current(scope), operation), operation);
            case UNPIN -> told(publisher.unpin(tenant, name, someRelease(scope), operation), operation);
            case RESUME, ABORT -> resolve(kind, operation, resolved);
        };
    }

    private ShipRequest ship(int surface, String operation) {
        boolean merge = random.nextInt(3) == 0;
        int dice = random.nextInt(1_000);
        int number = merge ? Scene.anyBuild(surface, dice) : Scene.wholeBuild(surface, dice);
        ShipRequest request = ShipRequest.of(Scene.surface(surface), scene.build(number), operation)
                .createSurface()
                .overrideAll();
        request = merge ? request.merge() : request;
        return random.nextInt(4) == 0 ? request.rebaseIfNewer() : request;
    }

    private RollbackRequest rollback(Scope scope, String operation) {
        RollbackRequest request = RollbackRequest.of(scope, operation);
        return random.nextInt(8) == 0 ? request : request.withoutHold();
    }

    private long current(Scope scope) {
        return publisher.current(scope.tenant(), scope.surface()).release();
    }

    /** One that may be pinned: of the last revisions. */
    private long someRelease(Scope scope) {
        List<Revision> revisions = publisher.history(scope.tenant(), scope.surface(), 8);
        return revisions.get(random.nextInt(revisions.size())).release();
    }

    private Told resolve(Kind kind, String operation, Consumer<Resolved> resolved) {
        if (open.isEmpty()) {
            return Told.NOTHING;
        }
        Open attempt = open.remove(random.nextInt(open.size()));
        try {
            Resolution resolution = kind == Kind.RESUME
                    ? publisher.resume(attempt.handle())
                    : publisher.abort(attempt.handle(), operation);
            resolved.accept(new Resolved(attempt.operation(), Told.by(resolution)));
            return Told.NOTHING; // of the fence itself; what it was for has been told
        } catch (OutcomeUnknownException e) {
            open.add(attempt);
            return Told.NOTHING;
        } catch (RuntimeException e) {
            open.add(attempt);
            throw e;
        }
    }

    private static Told told(Release release) {
        return release.alreadyCurrent() ? Told.ALREADY_SO : Told.COMMITTED;
    }

    private static Told told(Revision revision, String operation) {
        return revision.operation().reason().equals(operation) ? Told.COMMITTED : Told.ALREADY_SO;
    }
}
