package dev.recsys.proofs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what operations said with what became of the register. It is told every value that the register ever had, in
 * order, and knows operations by their reason, which each has for itself. Knows nothing of how the protocol works. Safe for
 * concurrent use.
 */
public final class Judge {
    private static final int MAX_FINDINGS = 100;

    private final Map<String, Told> told = new LinkedHashMap<>();
    private final Map<String, Integer> applied = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long epoch;
    private long seq;
    private int torn;
    private int regressed;
    private int dangling;

    /** An operation told its caller something; the last word counts. */
    public synchronized void told(String operation, Told what) {
        told.put(operation, what);
    }

    /** The register took its next value. */
    public synchronized void applied(String operation, long itsEpoch, long itsSeq) {
        applied.merge(operation, 1, Integer::sum);
        boolean follows = itsEpoch == epoch ? itsSeq == seq + 1 : itsEpoch == epoch + 1 && itsSeq > seq;
        if (!follows) {
            regressed("revision " + itsEpoch + "/" + itsSeq + " follows " + epoch + "/" + seq);
        }
        epoch = itsEpoch;
        seq = itsSeq;
    }

    /** Somebody read something that is not whole. */
    public synchronized void torn(String what) {
        torn++;
        find("torn: " + what);
    }

    /** Somebody saw an older revision after a newer one. */
    public synchronized void regressed(String what) {
        regressed++;
        find("regressed: " + what);
    }

    /** A retained release names an object that is not there. */
    public synchronized void dangling(String what) {
        dangling++;
        find("dangling: " + what);
    }

    /** Returns what it all came to. */
    public synchronized Verdict verdict() {
        int acknowledged = 0;
        int lost = 0;
        int ghost = 0;
        int duplicate = 0;
        List<String> all = new ArrayList<>(findings);
        for (Map.Entry<String, Integer> entry : applied.entrySet()) {
            if (entry.getValue() > 1) {
                duplicate++;
                all.add("duplicate: " + entry.getKey() + " has " + entry.getValue() + " revisions");
            }
        }
        for (Map.Entry<String, Told> entry : told.entrySet()) {
            boolean visible = applied.containsKey(entry.getKey());
            if (entry.getValue() == Told.COMMITTED) {
                acknowledged++;
            }
            if (entry.getValue() == Told.COMMITTED && !visible) {
                lost++;
                all.add("lost: " + entry.getKey() + " said it is done and has no revision");
            }
            if (entry.getValue() == Told.NOT_MADE && visible) {
                ghost++;
                all.add("ghost: " + entry.getKey() + " said it is not made and has a revision");
            }
        }
        return new Verdict(
                acknowledged,
                lost,
                ghost,
                duplicate,
                torn,
                regressed,
                dangling,
                List.copyOf(all.subList(0, Math.min(MAX_FINDINGS, all.size()))));
    }

    private void find(String what) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(what);
        }
    }
}
