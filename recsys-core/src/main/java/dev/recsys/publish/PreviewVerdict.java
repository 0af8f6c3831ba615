package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.store.Sha256;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a look at a build before its ship, for {@link Gate#PREVIEW}. Holds for these bytes in the place of this release
 * alone.
 *
 * @param scope whose surface
 * @param epoch the epoch of the release that was current, or 0
 * @param release the id of the release that was current, or 0
 * @param artifacts the digests of what would be current after the ship
 * @param figures what was found, at most {@value #MAX_CHARS} characters of plain text; recorded with the release
 * @param objections what speaks against the ship, in the words of whoever looked; empty if nothing does
 */
public record PreviewVerdict(
        Scope scope,
        long epoch,
        long release,
        SortedMap<ArtifactType, Sha256> artifacts,
        String figures,
        List<String> objections) {
    /** The longest text of figures. */
    public static final int MAX_CHARS = 300;

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if the figures are blank, too long, or hold a control character
     */
    public PreviewVerdict {
        if (figures.isBlank() || figures.length() > MAX_CHARS || figures.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the figures of the preview are '" + figures + "'; expected 1 to "
                    + MAX_CHARS + " characters on one line of plain text");
        }
        artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
        objections = List.copyOf(objections);
    }
}
