package dev.recsys.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes names of users that say nothing without a key: the same for the same user of a tenant and key, different between
 * tenants and keys. Such a name is {@code k1:} and HMAC-SHA256 of tenant and user in base64url, {@code k1} being the key's id.
 * Immutable; what {@link #toString} says holds no secret.
 *
 * <p>Who has the key can find the lines of a user, and can try users out; without it neither can be done. Once a key is
 * destroyed nobody can. Rotation begins a new name for each user: {@link #all} tells the names of one under all keys.
 */
public final class PseudonymKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 32; // RFC 2104, section 3: no less than the output

    private static final Pattern NAME = Pattern.compile("([a-z0-9]{1,16}):[A-Za-z0-9_-]{43}"); // 32 bytes in base64url

    private final List<Key> keys; // the current one is the first

    private PseudonymKeys(List<Key> keys) {
        this.keys = keys;
    }

    private record Key(String id, SecretKeySpec secret) {}

    /**
     * Starts with one key.
     *
     * @param id 1 to 16 of the letters {@code a-z} and digits
     * @param secret at least 32 bytes, best of a secure random source; copied
     * @throws IllegalArgumentException if one of them is not so
     */
    public static PseudonymKeys of(String id, byte[] secret) {
        return new PseudonymKeys(List.of()).rotatedTo(id, secret);
    }

    /**
     * Returns keys of which this one is used from now on; those before are known to {@link #all} alone.
     *
     * @throws IllegalArgumentException as {@link #of}, and if the id is there already
     */
    public PseudonymKeys rotatedTo(String id, byte[] secret) {
        if (!id.matches("[a-z0-9]{1,16}")) {
            throw new IllegalArgumentException("the id of a key is '" + id + "'; expected 1 to 16 of a-z and 0-9");
        }
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "key " + id + " has " + secret.length + " bytes; expected at least " + LEAST_BYTES);
        }
        if (keys.stream().anyMatch(key -> key.id().equals(id))) {
            throw new IllegalArgumentException("key " + id + " is there already; expected an id that was never used");
        }
        List<Key> all = new ArrayList<>();
        all.add(new Key(id, new SecretKeySpec(secret, ALGORITHM)));
        all.addAll(keys);
        return new PseudonymKeys(List.copyOf(all));
    }

    /** Returns the id of the key that made a name; empty if it is no such name. */
    static Optional<String> keyOf(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** Returns the name of a user of a tenant under the current key. */
    public String pseudonym(String tenant, String user) {
        return pseudonym(keys.get(0), tenant, user);
    }

    /** Returns the names of a user under all keys, the current one first. */
    public List<String> all(String tenant, String user) {
        return keys.stream().map(key -> pseudonym(key, tenant, user)).toList();
    }

    private static String pseudonym(Key key, String tenant, String user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret());
            mac.update(tenant.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0); // is in no tenant
            byte[] hash = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
            return key.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "PseudonymKeys" + keys.stream().map(Key::id).toList();
    }
}
