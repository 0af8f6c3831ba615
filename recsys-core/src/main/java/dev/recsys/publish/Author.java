package dev.recsys.publish;

import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.Ambient;
import dev.recsys.trust.SigningKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Who publishes, with what every new revision takes from its surroundings.
 *
 * @param by who, as recorded
 * @param ambient where time and identities come from
 * @param signers whose signatures every new revision gets
 * @param readsOnly whether there are no new revisions
 */
record Author(String by, Ambient ambient, List<SigningKey> signers, boolean readsOnly) {
    Author {
        signers = List.copyOf(signers);
    }

    void requireMayWrite() {
        if (readsOnly) {
            throw new IllegalStateException("this publisher was built to read only; build one without readOnly()");
        }
    }

    Operation operation(String kind, String reason) {
        return new Operation(kind, by, Reasons.require("reason", reason));
    }

    String newTx() {
        return ambient.txs().get();
    }

    /** Returns the time that people read, to the millisecond. */
    Instant now() {
        return ambient.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
