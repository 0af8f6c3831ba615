package dev.recsys.proofs.kill;

import dev.recsys.proofs.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param options what was run
 * @param sigkills processes that were killed in the midst of an operation
 * @param halts processes that halted themselves at a step of an operation
 * @param between processes that were killed between two operations; they do not count
 * @param steps at which steps processes halted
 * @param operations how many were begun, by kind
 * @param revisions how many values the registers had
 * @param served how many snapshots readers served
 * @param resolved operations whose outcome was unknown to the end, and then was found out
 * @param leftovers what killed writers left in the store, in words
 * @param failures processes that ended by themselves, and what else should not happen
 * @param verdict what the judge says
 * @param time how long it took
 */
record KillReport(
        KillOptions options,
        int sigkills,
        int halts,
        int between,
        String steps,
        Map<String, Integer> operations,
        long revisions,
        int served,
        int resolved,
        String leftovers,
        List<String> failures,
        Verdict verdict,
        Duration time) {
    boolean isSound() {
        return verdict.isSound() && failures.isEmpty() && sigkills + halts >= options.kills();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "kill: store %s, seed %d, %d publishers and %d readers at a time, %d surfaces%s%n"
                        + "kills in the midst of an operation: %d (%d by SIGKILL, %d halts at a step);"
                        + " %d more between operations, not counted%n"
                        + "steps halted at, before and after each call to the store: %s%n"
                        + "operations begun: %s; %d revisions; readers served %d snapshots;"
                        + " %d outcomes unknown to the end, then resolved%n"
                        + "%s%n"
                        + "%s; %.1f s, %.2f kills a second%s",
                options.store(),
                options.seed(),
                options.processes(),
                options.readers(),
                Scene.SURFACES,
                options.without().map(rule -> ", without the rule " + rule).orElse(""),
                sigkills + halts,
                sigkills,
                halts,
                between,
                steps,
                operations,
                revisions,
                served,
                resolved,
                verdict,
                leftovers,
                time.toMillis() / 1e3,
                (sigkills + halts) * 1e3 / time.toMillis(),
                failures.isEmpty() ? "" : "\nfailures: " + failures);
    }
}
