package dev.recsys.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
    /** Written by {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout}, version 3.0. */
    private static final String PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIKaR7GKZkKAbz7d62jppFRK+gLGu+Z6HOb1Piv6gEa24
            -----END PRIVATE KEY-----
            """;

    private static final String PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAZZhg7SF03drnnnfeMT9NAz+UZEH7dmhtGoJ5j8Atmpo=
            -----END PUBLIC KEY-----
            """;

    /** {@code openssl pkey -pubin -outform DER | sha256sum | cut -c1-16}. */
    private static final String ID = "d7eceb57b0262425";

    @TempDir
    private Path directory;

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("key.pem"), text);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return file;
    }

    private Path file(String text) throws IOException {
        return file(text, "rw-------");
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theKeyThatOpensslWroteSignsForItsPublicHalf() throws IOException {
        SigningKey key = SigningKey.read(file(PRIVATE));
        TrustList trust = TrustList.read(file(PUBLIC));

        assertThat(key.id()).isEqualTo(ID);
        assertThat(trust.keyIds()).containsExactly(ID);
        assertThat(trust.isSigned(ID, bytes("hello"), key.sign(bytes("hello")))).isTrue();
        assertThat(trust.isSigned(ID, bytes("hallo"), key.sign(bytes("hello")))).isFalse();
    }

    @Test
    void aSignatureIsThatOfOpenssl() throws IOException {
        // printf hello > m; openssl pkeyutl -sign -rawin -inkey key.pem -in m | base64 -w0
        String expected = "PAAjT9L0QQCYQzmAdxVEv2R8nmO5GBPantTMlRAcOO1BDl3isA9YveNZaU+1alyKwosHgiJAwIh6khupFwb1CQ==";

        assertThat(Base64.getEncoder()
                        .encodeToString(SigningKey.read(file(PRIVATE)).sign(bytes("hello"))))
                .isEqualTo(expected);
    }

    @Test
    void severalKeysInOneFileAreTrusted() throws IOException {
        SigningKey other = Keys.fresh();

        TrustList trust = TrustList.read(file("old\n" + PUBLIC + "new\n" + pem("PUBLIC KEY", other.publicKey())));

        assertThat(trust.keyIds()).containsExactlyInAnyOrder(ID, other.id());
    }

    @Test
    void noTextTellsAKey() throws IOException {
        String secret = PRIVATE.lines().skip(1).findFirst().orElseThrow();

        assertThat(SigningKey.read(file(PRIVATE))).hasToString("SigningKey[" + ID + "]");
        assertThatThrownBy(() -> SigningKey.read(file(PRIVATE.replace("MC4", "MC5"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(secret.substring(5))
                .hasNoCause();
        assertThatThrownBy(() -> SigningKey.read(file(PRIVATE.replace("MC4", "M=4"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(secret.substring(5))
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed448", "X25519"})
    void aKeyOfAnotherAlgorithmIsRefusedWhenItIsRead(String algorithm) throws IOException {
        KeyPair pair = Keys.pair(algorithm);

        assertThatThrownBy(() -> TrustList.read(file(pem("PUBLIC KEY", pair.getPublic()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key.pem")
                .hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> TrustList.of(pair.getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected Ed25519");
        assertThatThrownBy(() -> SigningKey.read(file(pem("PRIVATE KEY", pair.getPrivate()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> SigningKey.of(pair)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halvesOfDifferentKeysAreRefused() {
        KeyPair mixed = new KeyPair(
                Keys.pair("Ed25519").getPublic(), Keys.pair("Ed25519").getPrivate());

        assertThatThrownBy(() -> SigningKey.of(mixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not that of the public key");
    }

    @Test
    void aPrivateKeyIsNoPublicOneAndNotRepeated() throws IOException {
        assertThatThrownBy(() -> TrustList.read(file(PUBLIC + PRIVATE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a block 'PRIVATE KEY'; expected 'PUBLIC KEY' only");
        assertThatThrownBy(() -> SigningKey.read(file(PUBLIC))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PUBLIC KEY-----\nMCow",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"
            })
    void aFileWithoutAKeyIsRefused(String text) throws IOException {
        assertThatThrownBy(() -> TrustList.read(file(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key.pem");
    }

    @Test
    void aFileThatIsTooLongIsNotReadToItsEnd() throws IOException {
        assertThatThrownBy(() -> TrustList.read(file("x".repeat(70_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void aListWithoutKeysIsRefusedRatherThanTrustingNobodyOrEverybody() {
        assertThatThrownBy(TrustList::read).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(TrustList::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ANYONE");
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> TrustList.read(directory.resolve("none.pem"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> SigningKey.read(directory.resolve("none.pem")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-"})
    void aPrivateKeyThatOthersMayReadOrWriteIsRefused(String permissions) throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");

        assertThatThrownBy(() -> SigningKey.read(file(PRIVATE, permissions)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chmod 600");
        assertThat(SigningKey.read(file(PRIVATE, "r--r-----")).id()).isEqualTo(ID);
    }
}
