package dev.recsys.publish.probe;

import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where probes work: below a first segment that no tenant's name is encoded to, for these begin with a letter, a digit or
 * a percent sign.
 *
 * @param tx the identity of one run
 */
record ProbeKeys(String tx) {
    static final String RESERVED = "_recsys";

    private static final String PROBE = RESERVED + "/probe";

    /** Returns the register that holds the verdict on a place: a copy of the store elsewhere is another place. */
    static BlobKey verdict(String location) {
        String place = Sha256.of(location.getBytes(StandardCharsets.UTF_8)).hex();
        return BlobKey.of(RESERVED, "probe", "verdict", place.substring(0, 16), BlobKey.REGISTER);
    }

    String prefix() {
        return PROBE + "/run/" + tx + "/";
    }

    BlobKey register() {
        return new BlobKey(prefix() + BlobKey.REGISTER);
    }

    /** Returns a register of its own for one round. */
    BlobKey roundRegister(int round) {
        return BlobKey.of(
                RESERVED, "probe", "run", tx, String.format(Locale.ROOT, "round-%05d", round), BlobKey.REGISTER);
    }

    BlobKey blob(String name) {
        return new BlobKey(prefix() + name);
    }

    BlobKey numbered(String name, int number) {
        return blob(String.format(Locale.ROOT, "%s-%05d", name, number));
    }
}
