package dev.recsys.publish.probe;

import dev.recsys.UnsafeStoreException;
import java.time.Instant;
import java.util.List;

/**
 * What a probe found of one store.
 *
 * @param location where the store is, without credentials
 * @param probedAt when
 * @param findings one for each {@link StoreRule}, in their order
 * @param recorded whether the store holds the verdict now; if not, the next publisher probes again
 */
public record StoreVerdict(String location, Instant probedAt, List<Finding> findings, boolean recorded) {
    /** Copies the list. */
    public StoreVerdict {
        findings = List.copyOf(findings);
    }

    /** What became of a rule. */
    public enum Outcome {
        /** It was tried, and the store kept it; which proves nothing about rarer moments. */
        KEPT,
        /** The store broke it. */
        BROKEN,
        /** A probe cannot try it from outside. */
        NOT_TRIED
    }

    /**
     * What was found of one rule.
     *
     * @param rule which
     * @param outcome whether it was kept
     * @param detail if broken what was expected and found, else how it was tried, or why not
     */
    public record Finding(StoreRule rule, Outcome outcome, String detail) {}

    /** Returns the rules that were broken. */
    public List<Finding> broken() {
        return findings.stream()
                .filter(finding -> finding.outcome() == Outcome.BROKEN)
                .toList();
    }

    /** Returns whether no rule was broken. */
    public boolean isSound() {
        return broken().isEmpty();
    }

    /**
     * Refuses a store that broke a rule.
     *
     * @throws UnsafeStoreException if a rule was broken; the message names each, with what was found
     */
    public void requireSound() {
        if (!isSound()) {
            throw unsafe(location, broken().stream().map(StoreVerdict::named).toList());
        }
    }

    static String named(Finding broken) {
        return broken.rule() + " (line " + broken.rule().line() + ": "
                + broken.rule().sentence() + "). Found: " + broken.detail();
    }

    static UnsafeStoreException unsafe(String location, List<String> broken) {
        return new UnsafeStoreException(location + " cannot be published to. The rule it breaks: "
                + String.join("; and ", broken)
                + ". Use another store, or mend this one and let `recsys doctor` probe it again");
    }
}
