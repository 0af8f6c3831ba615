package dev.recsys.store;

import java.util.Optional;

/**
 * What a store knows of an immutable blob without reading it.
 *
 * @param sizeBytes its length
 * @param sha256 the digest that the store itself verified or computed; empty where a store keeps none, and then the
 *     content has to be read to be checked
 */
public record BlobStat(long sizeBytes, Optional<Sha256> sha256) {}
