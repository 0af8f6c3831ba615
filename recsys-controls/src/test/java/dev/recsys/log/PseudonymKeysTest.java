package dev.recsys.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PseudonymKeysTest {
    private static final byte[] SECRET = "a secret of thirty-two bytes....".getBytes(StandardCharsets.UTF_8);

    private final PseudonymKeys keys = PseudonymKeys.of("k1", SECRET);

    private static byte[] other() {
        byte[] secret = SECRET.clone();
        secret[0]++;
        return secret;
    }

    @Test
    void aNameIsTheSameForTheSameUserTenantAndKey() {
        String name = keys.pseudonym("acme", "ann");

        // printf 'acme\0ann' | openssl dgst -sha256 -hmac 'a secret of thirty-two bytes....' -binary | basenc
        // --base64url
        assertThat(name).isEqualTo("k1:TUepiQCKoD0y9f7u0bBzmRcunR_ryUYRwnKq4BBSft4");
        assertThat(PseudonymKeys.of("k1", SECRET.clone()).pseudonym("acme", "ann"))
                .isEqualTo(name);
        assertThat(keys.pseudonym("acme", "bob")).isNotEqualTo(name);
        assertThat(keys.pseudonym("other", "ann")).isNotEqualTo(name);
    }

    @Test
    void aRotationBeginsNewNamesAndTheOldOnesAreFound() {
        PseudonymKeys rotated = keys.rotatedTo("k2", other());

        assertThat(rotated.pseudonym("acme", "ann")).startsWith("k2:");
        assertThat(rotated.pseudonym("acme", "ann").substring(3))
                .isNotEqualTo(keys.pseudonym("acme", "ann").substring(3));
        assertThat(rotated.all("acme", "ann"))
                .containsExactly(rotated.pseudonym("acme", "ann"), keys.pseudonym("acme", "ann"));
    }

    @Test
    void weakAndAmbiguousKeysAreRefused() {
        assertThatThrownBy(() -> PseudonymKeys.of("k1", Arrays.copyOf(SECRET, 31)))
                .hasMessageContaining("31 bytes");
        assertThatThrownBy(() -> PseudonymKeys.of("k:1", SECRET)).hasMessageContaining("a-z and 0-9");
        assertThatThrownBy(() -> keys.rotatedTo("k1", other())).hasMessageContaining("there already");
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(keys).hasToString("PseudonymKeys[k1]");
    }
}
