package dev.recsys.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the history of a place's documents.
 *
 * @param revision counted from 1 for each place
 * @param version what came into force; empty if the place no longer has one of its own
 * @param at when
 * @param actor by whom
 * @param action {@code put}, {@code rollback} or {@code clear}
 * @param reason why
 */
public record DocumentRevision(
        long revision, Optional<String> version, Instant at, String actor, String action, String reason) {}
