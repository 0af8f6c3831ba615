package dev.recsys.trust;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;

/**
 * Finds the public half of a private key, for which Java has no call although a PKCS#8 file holds the private half alone.
 * A key pair is made from 32 random bytes, which are the private key (RFC 8032, section 5.1.5): a generator that is given
 * those of a private key makes its public half. Whether it did is for the caller to check with a signature.
 */
final class PublicHalf {
    private PublicHalf() {}

    static PublicKey of(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes()
                .orElseThrow(() -> new IllegalArgumentException("the private key does not tell its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyIds.ALGORITHM);
        generator.initialize(key.getParams(), new Given(seed));
        return generator.generateKeyPair().getPublic();
    }

    /** A source of bytes that are given. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        private Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("this platform does not make keys from " + bytes.length + " bytes");
            }
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }
}
