package dev.recsys.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key pair that signs what a publisher publishes. Immutable and safe for concurrent use; its text is its id
 * and never the key.
 */
public final class SigningKey {
    private static final String ADVICE = "Write one with `openssl genpkey -algorithm ed25519`, without a pass phrase.";
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String id;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = KeyIds.requireEd25519(publicKey);
        this.id = KeyIds.of(publicKey);
    }

    /**
     * Reads a private key in PKCS#8 PEM form, as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * <p>Where the file system tells who may read a file, one that others than its owner and group may read or write is
     * refused: such a key is everybody's on that machine, and a warning in the log of a nightly job is read by nobody.
     * The group may read, as in the volumes that orchestrators mount for secrets.
     *
     * @throws IllegalArgumentException if the file holds anything but one such key, or others may read or write it
     * @throws IOException if it cannot be read
     */
    public static SigningKey read(Path pem) throws IOException {
        requirePrivate(pem);
        List<byte[]> keys = Pem.read(pem, "PRIVATE KEY", ADVICE);
        if (keys.size() > 1) {
            throw new IllegalArgumentException(pem + " has " + keys.size() + " private keys; expected one. " + ADVICE);
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance(KeyIds.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
            return of(new KeyPair(PublicHalf.of((EdECPrivateKey) key), key));
        } catch (InvalidKeySpecException e) { // its message is not repeated: it is about the key's bytes
            throw new IllegalArgumentException(
                    pem + " has a private key that is not of the algorithm " + KeyIds.ALGORITHM + ". " + ADVICE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has " + KeyIds.ALGORITHM, e);
        }
    }

    /**
     * Takes a key pair, such as one whose private half a security provider keeps in hardware.
     *
     * @throws IllegalArgumentException if the halves are not Ed25519 keys that belong together
     */
    public static SigningKey of(KeyPair pair) {
        SigningKey key = new SigningKey(pair.getPrivate(), pair.getPublic());
        byte[] message = "recsys".getBytes(StandardCharsets.US_ASCII);
        boolean belongTogether;
        try {
            belongTogether = TrustList.isSigned(key.publicKey, message, key.signature(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key cannot make " + KeyIds.ALGORITHM + " signatures", e);
        }
        if (!belongTogether) {
            throw new IllegalArgumentException("the private key is not that of the public key " + key.id);
        }
        return key;
    }

    private static void requirePrivate(Path file) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without such permissions
        }
        if (view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IllegalArgumentException("others than its owner may read or write the private key " + file
                    + "; run `chmod 600` on it, or mount it with the mode 0440. If it was ever readable on a machine"
                    + " that others use, make a new one.");
        }
    }

    /** Returns the first 16 hexadecimal digits of the SHA-256 of the public key's X.509 (DER) encoding. */
    public String id() {
        return id;
    }

    /** Returns the public half, for {@link TrustList#of}. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Signs bytes; the same bytes have the same signature.
     *
     * @return 64 bytes
     * @throws IllegalStateException if the provider that keeps the private key fails
     */
    public byte[] sign(byte[] message) {
        try {
            return signature(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + id + " cannot sign: " + e.getMessage(), e);
        }
    }

    private byte[] signature(byte[] message) throws GeneralSecurityException {
        Signature signing = Signature.getInstance(KeyIds.ALGORITHM);
        signing.initSign(privateKey);
        signing.update(message);
        return signing.sign();
    }

    /** Returns the key's id. */
    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
