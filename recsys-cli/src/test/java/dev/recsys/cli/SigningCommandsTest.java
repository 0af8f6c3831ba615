package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.fs.FileBlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom commands trust that sign. */
class SigningCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path store;
    private Path mine;
    private Path theirs;

    @BeforeEach
    void makeAnUnsignedSurface() throws IOException, GeneralSecurityException {
        store = directory.resolve("store");
        mine = key("mine");
        theirs = key("theirs");
        try (FileBlobStore opened = FileBlobStore.create(store);
                ManifestPublisher publisher = ManifestPublisher.open(opened, "somebody")) {
            publisher.createSurface("acme", "home", "new");
        }
    }

    private Path key(String name) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = pem(name + ".pem", "PRIVATE KEY", pair.getPrivate());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        pem(name + "-public.pem", "PUBLIC KEY", pair.getPublic());
        return file;
    }

    private Path pem(String name, String what, Key key) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + what
                + "-----\n";
        return Files.writeString(directory.resolve(name), text);
    }

    private int hold(String... options) {
        out.reset();
        List<String> args = new ArrayList<>(List.of("hold", "--store", store.toString()));
        args.addAll(List.of("--tenant", "acme", "--surface", "home", "--reason", "a minute"));
        args.addAll(List.of(options));
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.run(new Terminal(stream, stream, false), args.toArray(String[]::new));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anUnsignedSurfaceIsSignedForTheFirstTimeOnPurposeOnly() {
        assertThat(hold("--sign-with", mine.toString())).isEqualTo(ExitCode.DAMAGE);
        assertThat(text()).contains("it has no signature").contains("--trust anyone");

        assertThat(hold("--sign-with", mine.toString(), "--trust", "anyone")).isZero();

        assertThat(hold("--sign-with", mine.toString())).isZero();
        assertThat(hold(
                        "--sign-with",
                        mine.toString(),
                        "--trust",
                        directory.resolve("mine-public.pem").toString()))
                .isZero();
        assertThat(hold()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void whatAnotherKeySignedIsFollowedByWhoTrustsThatKey() {
        assertThat(hold("--sign-with", theirs.toString(), "--trust", "anyone")).isZero();

        assertThat(hold("--sign-with", mine.toString())).isEqualTo(ExitCode.DAMAGE);
        assertThat(hold(
                        "--sign-with",
                        mine.toString(),
                        "--trust",
                        directory.resolve("mine-public.pem").toString(),
                        "--trust",
                        directory.resolve("theirs-public.pem").toString()))
                .isZero();
    }
}
