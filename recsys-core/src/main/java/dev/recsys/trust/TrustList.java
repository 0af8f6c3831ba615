package dev.recsys.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Ed25519 public keys whose owners may publish. With a list, a pointer that none of them signed is refused; with
 * {@link #ANYONE}, the default everywhere, signatures are not looked at.
 *
 * <p>Immutable and safe for concurrent use. Keys are read when the list is made: a key that is added to a file later is
 * trusted by the next list that is made from it.
 */
public final class TrustList {
    /** Takes every pointer, signed or not: who may write to the store may publish. */
    public static final TrustList ANYONE = new TrustList(List.of());

    private static final int SIGNATURE_BYTES = 64; // Java takes longer ones too, if what is more is zero
    private static final String ADVICE = "Write one with `openssl pkey -in KEY.pem -pubout`.";

    private final Map<String, PublicKey> keys = new TreeMap<>();

    private TrustList(List<PublicKey> keys) {
        for (PublicKey key : keys) {
            PublicKey other = this.keys.put(KeyIds.of(key), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException(
                        "two different keys have the id " + KeyIds.of(key) + "; make one of them anew");
            }
        }
    }

    /**
     * Trusts some keys.
     *
     * @throws IllegalArgumentException if there is none, or one is not an Ed25519 key
     */
    public static TrustList of(PublicKey... keys) {
        return of(List.of(keys));
    }

    /**
     * Trusts the keys in files of X.509 public keys in PEM form, each with one key or several.
     *
     * @throws IllegalArgumentException if there is no file, or one holds anything but Ed25519 public keys
     * @throws IOException if a file cannot be read
     */
    public static TrustList read(Path... files) throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            for (byte[] encoded : Pem.read(file, "PUBLIC KEY", ADVICE)) {
                keys.add(parse(file, encoded));
            }
        }
        return of(keys);
    }

    private static TrustList of(List<PublicKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a trust list without keys would refuse every pointer; name at least "
                    + "one key, or use TrustList.ANYONE to look at no signatures");
        }
        keys.forEach(KeyIds::requireEd25519);
        return new TrustList(keys);
    }

    private static PublicKey parse(Path file, byte[] encoded) {
        try {
            return KeyFactory.getInstance(KeyIds.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException(
                    file + " has a public key that is not of the algorithm " + KeyIds.ALGORITHM + ". Make one with"
                            + " `openssl genpkey -algorithm ed25519`.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has " + KeyIds.ALGORITHM, e);
        }
    }

    /** Returns whether this is a list of keys, so that signatures are asked for. */
    public boolean asksForSignatures() {
        return !keys.isEmpty();
    }

    /** Returns the ids of the keys; empty if signatures are not looked at. */
    public SortedSet<String> keyIds() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(keys.keySet()));
    }

    /**
     * Returns whether a signature of these bytes was made with the key of an id in this list.
     *
     * @param keyId as the document names it; it chooses among trusted keys and nothing else
     * @param message the exact bytes that were signed
     * @param signature 64 bytes; any others are no signature
     */
    public boolean isSigned(String keyId, byte[] message, byte[] signature) {
        PublicKey key = keys.get(keyId);
        return key != null && signature.length == SIGNATURE_BYTES && isSigned(key, message, signature);
    }

    static boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(KeyIds.ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // not of the form that a signature has
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an " + KeyIds.ALGORITHM + " key of this platform does not fit it", e);
        }
    }

    /** Returns the ids of the keys. */
    @Override
    public String toString() {
        return asksForSignatures() ? "TrustList" + keys.keySet() : "TrustList.ANYONE";
    }
}
