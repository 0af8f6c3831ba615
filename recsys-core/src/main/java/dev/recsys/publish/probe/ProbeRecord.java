package dev.recsys.publish.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.RecsysException;
import dev.recsys.internal.JsonDocument;
import dev.recsys.publish.probe.StoreVerdict.Outcome;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The verdict as the store remembers it, for those who publish later.
 *
 * @param broken each broken rule with what was found; empty if the store is sound
 */
record ProbeRecord(List<String> broken) {
    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int LONGEST_DETAIL = 500;
    private static final int TRIES = 3;

    /** Returns what is recorded of a place; empty if nothing is, or nothing that can be read, so that it is probed again. */
    static Optional<ProbeRecord> read(BlobStore store, Duration timeout) {
        BlobKey key = ProbeKeys.verdict(store.location());
        try {
            ReadResult result = store.read(key, BlobVersion.ABSENT, MAX_BYTES, timeout);
            if (result instanceof ReadResult.Found found) {
                return Optional.of(parse(store, key, found.blob().bytes()));
            }
            return Optional.empty();
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    private static ProbeRecord parse(BlobStore store, BlobKey key, byte[] bytes) {
        JsonDocument json = JsonDocument.parse("The verdict " + key, bytes);
        json.number("format", FORMAT, FORMAT);
        if (!json.text("location").equals(store.location())) {
            throw json.unexpected("location", store.location());
        }
        return new ProbeRecord(json.list(
                "broken",
                "rules",
                StoreRule.values().length,
                node -> node.path("rule").asText()
                        + " (line " + node.path("line").asInt() + "). Found: "
                        + node.path("found").asText()));
    }

    /** Returns the version of what is recorded of a place, whatever it is. */
    static BlobVersion version(BlobStore store, Duration timeout) {
        ReadResult read = store.read(ProbeKeys.verdict(store.location()), BlobVersion.ABSENT, MAX_BYTES, timeout);
        return read instanceof ReadResult.Found found ? found.blob().version() : BlobVersion.ABSENT;
    }

    /**
     * Writes a verdict over the one that was there when the probe began; what another probe found broken since then stays.
     *
     * @return whether the store has it
     */
    static boolean write(BlobStore store, StoreVerdict verdict, BlobVersion atStart, ProbeSettings settings) {
        BlobKey key = ProbeKeys.verdict(store.location());
        byte[] body = JsonDocument.bytes(json(verdict, settings));
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                ReadResult before = store.read(key, BlobVersion.ABSENT, MAX_BYTES, settings.callTimeout());
                BlobVersion expected =
                        before instanceof ReadResult.Found found ? found.blob().version() : BlobVersion.ABSENT;
                if (verdict.isSound() && !expected.equals(atStart) && isBroken(store, settings)) {
                    return false;
                }
                if (store.compareAndSet(key, expected, body, settings.callTimeout()) instanceof SwapResult.Applied) {
                    return true;
                }
            }
        } catch (RecsysException e) {
            return false; // said in the verdict; who publishes next probes again
        }
        return false;
    }

    private static boolean isBroken(BlobStore store, ProbeSettings settings) {
        return read(store, settings.callTimeout())
                .filter(record -> !record.broken().isEmpty())
                .isPresent();
    }

    private static ObjectNode json(StoreVerdict verdict, ProbeSettings settings) {
        ObjectNode json = JsonDocument.newObject()
                .put("format", FORMAT)
                .put("location", verdict.location())
                .put("probed_at", verdict.probedAt().toString())
                .put("probe", settings.ambient().txs().get())
                .put("rounds", settings.rounds())
                .put("writers", settings.writers());
        ArrayNode broken = json.putArray("broken");
        verdict.broken()
                .forEach(finding -> broken.addObject()
                        .put("rule", finding.rule().toString())
                        .put("line", finding.rule().line())
                        .put("found", shortened(finding.detail())));
        ArrayNode kept = json.putArray("kept");
        verdict.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.KEPT)
                .forEach(finding -> kept.addObject()
                        .put("rule", finding.rule().toString())
                        .put("tried", shortened(finding.detail())));
        return json;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "...";
    }
}
