package dev.recsys.publish;

import dev.recsys.artifact.Revision;

/**
 * An epoch that began.
 *
 * @param revision its first revision, which is current; its release has its own number as the id
 * @param continued the id that the release which it goes on with had before; 0 if nothing had been shipped
 * @param followsHistory whether what came before it is known for certain, and {@code history} reads on; if not, the pointer
 *     was lost, or another one than the history has
 */
public record NewEpoch(Revision revision, long continued, boolean followsHistory) {}
