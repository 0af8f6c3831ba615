package dev.recsys.proofs;

import java.util.List;

/**
 * The protocol with one rule left out: changes of the text of production sources, for production code has no switch. A
 * refactoring that moves a snippet takes the mutant along, for a snippet that is not there exactly once is an error.
 *
 * @param rule the rule that is left out, in words joined by hyphens
 * @param without what happens without it
 * @param edits the changes
 */
public record Mutant(String rule, String without, List<Edit> edits) {
    /** Copies the list. */
    public Mutant {
        edits = List.copyOf(edits);
    }

    /**
     * One change.
     *
     * @param file the source below {@code recsys-core/src/main/java/dev/recsys}
     * @param snippet what stands there exactly once
     * @param replacement what stands there instead
     */
    public record Edit(String file, String snippet, String replacement) {}

    static Mutant of(String rule, String without, Edit... edits) {
        return new Mutant(rule, without, List.of(edits));
    }
}
