package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.testserver.gcs.GcsServer;
import dev.recsys.testserver.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands over buckets: the real client libraries over HTTP, before servers in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketCommandsTest {
    private final Shell shell = new Shell();
    private S3Server s3;
    private GcsServer gcs;

    @TempDir
    private Path directory;

    @BeforeAll
    void startServers() throws IOException {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        s3 = S3Server.start(0, List.of("shop", "other"));
        gcs = GcsServer.withBucket("shop").start();
    }

    @AfterAll
    void stopServers() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        s3.close();
        gcs.close();
    }

    private static String s3(S3Server server, String bucketAndPrefix) {
        return "s3://" + bucketAndPrefix + "?region=" + S3Server.REGION + "&endpoint=" + server.endpoint();
    }

    private List<String> stores() {
        return List.of(s3(s3, "shop/prod"), "gs://shop/prod?endpoint=" + gcs.endpoint());
    }

    private void ship(String store, int number) throws IOException {
        int exit = shell.run(
                "ship",
                "--store",
                store,
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--artifacts",
                Shell.build(directory, number).toString(),
                "--reason",
                "build " + number,
                "--create");
        assertThat(exit).as(shell.text()).isZero();
    }

    private int about(String command, String store, String... more) {
        String[] fixed = {command, "--store", store, "--tenant", "acme", "--surface", "home"};
        String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return shell.run(all);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aBucketIsShippedToReadAndRolledBackAsAFolderIs(String store) throws IOException {
        ship(store, 1);
        ship(store, 2);

        assertThat(about("recommend", store, "--k", "1")).as(shell.text()).isZero();
        assertThat(shell.text()).contains("a2");
        assertThat(about("rollback", store, "--reason", "answers are empty")).isZero();
        assertThat(about("recommend", store, "--k", "1")).isZero();
        assertThat(shell.text()).contains("a1");
        assertThat(about("history", store)).isZero();
        assertThat(shell.text()).contains("answers are empty", "build 2", "build 1");
        assertThat(about("verify", store)).as(shell.text()).isZero();
        assertThat(about("collect", store, "--keep-releases", "1", "--keep-for", "0s"))
                .as(shell.text())
                .isZero();
        assertThat(shell.run("scrub", "--store", store)).as(shell.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aBucketThatIsNotThereIsNamed(String store) {
        String missing = store.replaceFirst("//shop/prod", "//nobody-has-this");

        assertThat(about("status", missing)).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        assertThat(shell.text()).contains("nobody-has-this");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void doctorFindsTheseServersSound(String store) {
        assertThat(shell.run("doctor", "--store", store, "--rounds", "5"))
                .as(shell.text())
                .isZero();
        assertThat(shell.text()).contains("can be published to").doesNotContain("BROKEN");
    }

    @Test
    void doctorRefusesAnS3ServerThatLooksFirstAndWritesLater() throws IOException {
        try (S3Server plain = S3Server.startWithoutLock(0, List.of("shop"))) {
            assertThat(shell.run("doctor", "--store", s3(plain, "shop"), "--rounds", "100"))
                    .as(shell.text())
                    .isEqualTo(ExitCode.STORE_UNAVAILABLE);
            assertThat(shell.text())
                    .contains("BROKEN", "cannot be published to")
                    .containsAnyOf("one-winner", "no-lost-swap");
        }
    }

    @Test
    void doctorRefusesAGcsServerThatLooksFirstAndWritesLater() throws IOException {
        try (GcsServer plain = GcsServer.withBucket("shop").racy().start()) {
            assertThat(shell.run("doctor", "--store", "gs://shop?endpoint=" + plain.endpoint(), "--rounds", "100"))
                    .as(shell.text())
                    .isEqualTo(ExitCode.STORE_UNAVAILABLE);
            assertThat(shell.text()).contains("BROKEN", "cannot be published to");
        }
    }

    @Test
    void aReleaseIsPromotedFromOneCloudToTheOther() throws IOException {
        String from = s3(s3, "other/staging");
        String to = "gs://shop/promoted?endpoint=" + gcs.endpoint();
        ship(from, 7);

        int exit = shell.run(
                "promote",
                "--from",
                from,
                "--to",
                to,
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--reason",
                "tried out",
                "--create");

        assertThat(exit).as(shell.text()).isZero();
        assertThat(about("recommend", to, "--k", "1")).isZero();
        assertThat(shell.text()).contains("a7");
    }
}
