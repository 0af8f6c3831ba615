package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One build that is served as it is, without a store.
 *
 * @param build which build
 */
record FixedRelease(Build build) implements ReleaseSource {
    private static final TableRelease.Name NAME = new TableRelease.Name(1, "build", Instant.EPOCH);

    @Override
    public String location() {
        return "a build of " + build.scope();
    }

    @Override
    public Optional<BlobVersion> version(Scope scope, Duration timeout) {
        return scope.equals(build.scope()) ? Optional.of(NAME.version()) : Optional.empty();
    }

    @Override
    public Optional<TableRelease> release(Scope scope, Path folder) {
        return version(scope, Duration.ZERO).map(version -> TableRelease.of(build, NAME, "build"));
    }
}
