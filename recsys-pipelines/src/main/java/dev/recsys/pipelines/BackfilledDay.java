package dev.recsys.pipelines;

import dev.recsys.artifact.Release;
import dev.recsys.store.Sha256;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A day whose work is done.
 *
 * @param day the last day of its window
 * @param build what the build of the window did; the next day's build replaces its files
 * @param digest the digest of its {@code build.json}
 * @param release what it became, if it was shipped
 */
public record BackfilledDay(LocalDate day, SignalBuildReport build, Sha256 digest, Optional<Release> release) {}
