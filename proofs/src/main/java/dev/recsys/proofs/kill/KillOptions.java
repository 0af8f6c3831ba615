package dev.recsys.proofs.kill;

import dev.recsys.proofs.MutantCompiler;
import dev.recsys.proofs.Mutants;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to run.
 *
 * @param store what the processes publish to
 * @param kills how many processes to kill in the midst of an operation
 * @param processes how many publish at a time
 * @param readers how many read
 * @param seed decides what each process does
 * @param without the rule that is left out
 */
record KillOptions(KillStore store, int kills, int processes, int readers, long seed, Optional<String> without) {
    /** Returns the class path of the processes; a mutant's classes go first. */
    String classPath() {
        String sound = System.getProperty("java.class.path");
        Optional<Path> mutant = without.map(rule -> MutantCompiler.classes(Mutants.without(rule)));
        return mutant.map(classes -> classes + File.pathSeparator + sound).orElse(sound);
    }
}
