package dev.recsys.postgres;

import java.time.Instant;

/**
 * That a process has applied an invalidation.
 *
 * @param instance the process
 * @param at when
 */
public record Applied(String instance, Instant at) {}
