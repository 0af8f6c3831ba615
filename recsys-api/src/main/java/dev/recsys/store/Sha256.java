package dev.recsys.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) implements Comparable<Sha256> {
    private static final int HEX_LENGTH = 64;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException unless it is 64 lower-case hexadecimal digits
     */
    public Sha256 {
        boolean wellFormed = hex.length() == HEX_LENGTH;
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            wellFormed &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("sha256 is not 64 lower-case hexadecimal digits but has " + hex.length()
                    + " characters: " + hex.substring(0, Math.min(HEX_LENGTH, hex.length())));
        }
    }

    /** Returns the digest of the bytes. */
    public static Sha256 of(byte[] bytes) {
        return ofDigest(newDigest().digest(bytes));
    }

    /** Takes the result of a digest made with {@link #newDigest()}, which is reset. */
    public static Sha256 of(MessageDigest digest) {
        return ofDigest(digest.digest());
    }

    private static Sha256 ofDigest(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** Returns a new SHA-256 computation. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex.compareTo(other.hex);
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 digest && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    /** Returns the hexadecimal digits. */
    @Override
    public String toString() {
        return hex;
    }
}
