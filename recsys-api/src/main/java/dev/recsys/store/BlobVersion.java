package dev.recsys.store;

/**
 * The version of an object's content, as its store names it. Opaque: compare by equality only. Equal bytes may have equal
 * versions; different bytes under one key never do.
 *
 * @param token the store's token, not empty
 */
public record BlobVersion(String token) {
    /** Stands for "there is no object": the version to expect when creating a register. No store issues it. */
    public static final BlobVersion ABSENT = new BlobVersion("(absent)");

    /**
     * Checks the token.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public BlobVersion {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("a version's token is empty");
        }
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object object) {
        return object instanceof BlobVersion other && token.equals(other.token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }
}
