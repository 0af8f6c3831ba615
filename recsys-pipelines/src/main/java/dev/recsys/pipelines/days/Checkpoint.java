package dev.recsys.pipelines.days;

import dev.recsys.store.Sha256;
import java.time.LocalDate;

/**
 * How far a backfill has come.
 *
 * @param day the last day whose work is done
 * @param build the digest of the {@code build.json} of its window
 * @param release the release that it became; 0 if it was not shipped
 */
public record Checkpoint(LocalDate day, Sha256 build, long release) {
    /**
     * Checks the release.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Checkpoint {
        if (release < 0) {
            throw new IllegalArgumentException("release is " + release + "; expected 0 or more");
        }
    }
}
