package dev.recsys.trust;

import dev.recsys.store.Sha256;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;

/** What a key is called wherever it is named. */
final class KeyIds {
    static final String ALGORITHM = "Ed25519";

    private static final int LENGTH = 16;

    private KeyIds() {}

    /** Returns the first digits of the digest of the key's X.509 encoding; names the key, and proves nothing. */
    static String of(PublicKey key) {
        return Sha256.of(key.getEncoded()).hex().substring(0, LENGTH);
    }

    /** Refuses keys of other algorithms, so that it is never the signed document that chooses one. */
    static PublicKey requireEd25519(PublicKey key) {
        boolean fits = key instanceof EdECPublicKey edward
                && edward.getParams().getName().equals(ALGORITHM)
                && "X.509".equals(key.getFormat());
        if (!fits) {
            throw new IllegalArgumentException(
                    "the public key is of the algorithm " + key.getAlgorithm() + "; expected " + ALGORITHM);
        }
        return key;
    }
}
