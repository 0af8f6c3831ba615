package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.publish.VerifyReport.Damage;
import java.util.List;

/**
 * What the store said about the objects that a surface needs.
 *
 * @param scope whose
 * @param releases how many retained releases there are
 * @param artifacts how many artifacts they name, each counted once
 * @param sizeBytes how many bytes these should have
 * @param damages what is missing or has another length or digest; empty when nothing is
 */
public record ScrubReport(Scope scope, int releases, int artifacts, long sizeBytes, List<Damage> damages) {
    /** Copies the list. */
    public ScrubReport {
        damages = List.copyOf(damages);
    }
}
