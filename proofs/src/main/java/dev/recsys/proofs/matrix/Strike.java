package dev.recsys.proofs.matrix;

import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;

/**
 * How the wire fails.
 *
 * @param timing when
 * @param fault in which way
 * @param lasting whether every request of the kind meets it, until the operation has told something, or the first one only
 */
record Strike(Timing timing, WireFault fault, boolean lasting) {
    @Override
    public String toString() {
        return timing + " " + fault + (lasting ? " always" : " once");
    }
}
