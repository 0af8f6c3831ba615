package dev.recsys.control;

/**
 * A value and the version it has: whoever gives the same version gives an equal value.
 *
 * @param version 1 to 128 printable ASCII characters, such as a digest of the value's canonical JSON
 * @param value the value
 */
public record Versioned<T>(String version, T value) {
    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if the version is not 1 to 128 printable ASCII characters
     */
    public Versioned {
        if (!version.matches("[!-~]{1,128}")) {
            throw new IllegalArgumentException("a version is not 1 to 128 printable ASCII characters without blanks");
        }
    }
}
