package dev.recsys.table;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import java.util.Objects;

/**
 * What a table says of itself; it is part of the table's bytes, so that a table cannot be mistaken for another's.
 *
 * @param scope whose table it is
 * @param type which signal it holds
 * @param compatibilityGroup the name of the id space of its items: 1 to 100 printable ASCII characters
 */
public record TableInfo(Scope scope, ArtifactType type, String compatibilityGroup) {
    /**
     * Checks the group's name.
     *
     * @throws IllegalArgumentException if it is empty, over-long or not printable ASCII
     */
    public TableInfo {
        requireGroup(compatibilityGroup);
    }

    /**
     * Checks the name of an id space.
     *
     * @return the name
     * @throws IllegalArgumentException unless it is 1 to 100 printable ASCII characters without blanks
     */
    public static String requireGroup(String compatibilityGroup) {
        if (!compatibilityGroup.matches("[!-~]{1,100}")) {
            throw new IllegalArgumentException(
                    "compatibility group is not 1 to 100 printable ASCII characters without blanks");
        }
        return compatibilityGroup;
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object object) {
        return object instanceof TableInfo other
                && scope.equals(other.scope)
                && type.equals(other.type)
                && compatibilityGroup.equals(other.compatibilityGroup);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, type, compatibilityGroup);
    }
}
