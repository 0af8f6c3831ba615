package dev.recsys.artifact;

/**
 * The kind of a signal. The five below are built by recsys; a host may ship kinds of its own, which are published and
 * verified alike.
 *
 * @param name 1 to 40 characters: lower-case ASCII letters, digits and underscores, first a letter
 */
public record ArtifactType(String name) implements Comparable<ArtifactType> {
    /** What is wanted now, for everybody and for each segment. */
    public static final ArtifactType POPULARITY = new ArtifactType("popularity");

    /** What goes with an item: neighbours by co-visitation. */
    public static final ArtifactType COOC = new ArtifactType("cooc");

    /** What this kind of user takes: neighbours by whole histories of users. */
    public static final ArtifactType IMPLICIT = new ArtifactType("implicit");

    /** What is alike: neighbours by tags, categories, brand and price. */
    public static final ArtifactType CONTENT_SIM = new ArtifactType("content_sim");

    /** What comes next: neighbours by the order within sessions. */
    public static final ArtifactType SESSION_SEQ = new ArtifactType("session_seq");

    private static final int MAX_LENGTH = 40;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name breaks the rule above
     */
    public ArtifactType {
        if (!name.matches("[a-z][a-z0-9_]{0," + (MAX_LENGTH - 1) + "}")) {
            throw new IllegalArgumentException("artifact type '" + printable(name) + "' is not valid; expected 1 to "
                    + MAX_LENGTH + " lower-case letters, digits and underscores, first a letter");
        }
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(MAX_LENGTH, name.length())).replaceAll("[^ -~]", "?");
    }

    /** Orders by name. */
    @Override
    public int compareTo(ArtifactType other) {
        return name.compareTo(other.name);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object object) {
        return object instanceof ArtifactType other && name.equals(other.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
