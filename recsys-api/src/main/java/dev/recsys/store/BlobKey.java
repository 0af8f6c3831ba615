package dev.recsys.store;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of one object in a store: segments joined by {@code /}, relative to the store's root. A key whose last
 * segment is {@code current} names a register; every other key names an immutable blob.
 *
 * <p>Segments consist of lower-case ASCII letters, digits and {@code . _ - %}, do not begin with a dot and are at most
 * 200 characters long, so that a key can never leave the store's root and means the same on every file system.
 *
 * @param path the whole key, at most 900 characters
 */
public record BlobKey(String path) implements Comparable<BlobKey> {
    /** The last segment of every register's key. */
    public static final String REGISTER = "current";

    private static final int MAX_LENGTH = 900;
    private static final Pattern SEGMENTS =
            Pattern.compile("[a-z0-9_%-][a-z0-9._%-]{0,199}(/[a-z0-9_%-][a-z0-9._%-]{0,199})*");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the path breaks the rule above
     */
    public BlobKey {
        if (path.length() > MAX_LENGTH || !SEGMENTS.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "'" + path.substring(0, Math.min(MAX_LENGTH, path.length())).replaceAll("[^ -~]", "?")
                            + "' is not a key; expected segments of lower-case letters, digits and . _ - % joined by /");
        }
        if (isBelowARegister(path)) {
            throw new IllegalArgumentException(
                    "'" + path + "' goes below a register; 'current' can only be the last segment of a key");
        }
    }

    /** Returns whether a path is a key: whether the constructor takes it. */
    public static boolean isKey(String path) {
        return path.length() <= MAX_LENGTH && SEGMENTS.matcher(path).matches() && !isBelowARegister(path);
    }

    private static boolean isBelowARegister(String path) {
        return path.startsWith(REGISTER + "/") || path.contains("/" + REGISTER + "/");
    }

    /** Joins segments to a key. */
    public static BlobKey of(String... segments) {
        return new BlobKey(String.join("/", segments));
    }

    /** Returns whether this names a register, the only kind of object that changes. */
    public boolean isRegister() {
        return path.equals(REGISTER) || path.endsWith("/" + REGISTER);
    }

    /** Returns the segments; never empty. */
    public List<String> segments() {
        return List.of(path.split("/", -1));
    }

    /** Orders by the bytes of the path. */
    @Override
    public int compareTo(BlobKey other) {
        return path.compareTo(other.path);
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return path;
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object object) {
        return object instanceof BlobKey other && path.equals(other.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
