package dev.recsys.store;

/**
 * The whole content of an object, with its version.
 *
 * @param bytes the content; not copied, so neither side changes it
 * @param version the content's version
 */
@SuppressWarnings("ArrayRecordComponent") // compared by version, never by equals
public record Blob(byte[] bytes, BlobVersion version) {}
