package dev.recsys.publish;

import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.Ambient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who publishes, with what every new revision takes from its surroundings.
 *
 * @param by who, as recorded
 * @param ambient where time and identities come from
 */
record Author(String by, Ambient ambient) {
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
