package dev.recsys.publish;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.TableCounts;
import dev.recsys.artifact.Window;
import dev.recsys.store.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One artifact of a build, as its build says it is.
 *
 * @param type which signal
 * @param file where its bytes are
 * @param sha256 the digest of its bytes
 * @param sizeBytes its length
 * @param format the version of its binary format
 * @param rows the number of items it has something to say about
 * @param window the event times it was computed from
 * @param watermark the time of the newest event in it
 * @param counts how much of what is in it; empty if an earlier version built it
 */
public record BuiltArtifact(
        ArtifactType type,
        Path file,
        Sha256 sha256,
        long sizeBytes,
        int format,
        long rows,
        Window window,
        Instant watermark,
        Optional<TableCounts> counts) {}
