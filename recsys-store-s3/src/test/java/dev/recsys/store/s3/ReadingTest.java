package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.UnsafeStoreException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What a read makes of answers that a good wire does not give. */
final class ReadingTest extends S3Fixture {
    private static final Duration SHORT = Duration.ofMillis(700);

    private ReadResult readBlob(Duration timeout) {
        return store().read(BLOB, BlobVersion.ABSENT, 1 << 30, timeout);
    }

    @Test
    void aPollOfWhatHasNotChangedIsOneRequest() {
        BlobVersion version = swap(BlobVersion.ABSENT, "a");
        wire().clearRequests();

        assertThat(store().read(REGISTER, version, 100, AMPLE)).isEqualTo(new ReadResult.NotModified());

        assertThat(wire().requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.header("If-None-Match")).contains(version.token());
        });
    }

    @Test
    void aSwapAReadACopyAStatAndASmallCreateAreOneRequestEach() {
        wire().clearRequests();
        BlobVersion version = swap(BlobVersion.ABSENT, "a");
        assertThat(methods()).containsExactly("PUT");
        store().create(BLOB, BlobSource.of(bytes(1_000_000)), AMPLE);
        assertThat(methods()).containsExactly("PUT");
        store().read(REGISTER, new BlobVersion("\"other than " + version.token().charAt(1) + "\""), 100, AMPLE);
        assertThat(methods()).containsExactly("GET");
        store().copyTo(BLOB, new ByteArrayOutputStream(), 1_000_000, AMPLE);
        assertThat(methods()).containsExactly("GET");
        store().stat(BLOB, AMPLE);
        assertThat(methods()).containsExactly("HEAD");
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_429"})
    void aFaultThatPassesIsNotSeenByAReader(WireFault fault) {
        store().create(BLOB, BlobSource.of(bytes(1_000)), AMPLE);
        wire().next(request -> request.method().equals("GET"), Timing.BEFORE, fault);

        assertThat(read(BLOB).bytes()).isEqualTo(bytes(1_000));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_429", "STATUS_409", "STATUS_412", "STALL"})
    void aFaultThatStaysIsAnOutageWithinTheTimeout(WireFault fault) {
        wire().always(request -> true, Timing.BEFORE, fault);
        long start = System.nanoTime();

        assertThatThrownBy(() -> readBlob(SHORT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(BLOB.path());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(2));
    }

    @Test
    void aBodyThatStallsIsAnOutageWithinTheTimeout() throws IOException {
        try (ServerSocket stalling = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> sendHalf(stalling), "stalling");
            server.setDaemon(true);
            server.start();
            try (S3BlobStore at = S3Harness.storeAt(URI.create("http://127.0.0.1:" + stalling.getLocalPort()))) {
                assertThatThrownBy(() -> at.copyTo(BLOB, new ByteArrayOutputStream(), 100, SHORT))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("timeout");
            }
        }
    }

    private static void sendHalf(ServerSocket server) {
        try (var client = server.accept()) {
            client.getInputStream().read(new byte[8_192]);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nETag: \"v\"\r\nContent-Length: 4\r\n\r\nab"
                            .getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().read(new byte[1]); // until the client has gone
        } catch (IOException e) {
            return; // it has
        }
    }

    @Test
    void aFlippedBitIsDamage() {
        store().create(BLOB, BlobSource.of(bytes(50_000)), AMPLE);
        wire().next(request -> request.method().equals("GET"), Timing.AFTER, WireFault.FLIPPED_BIT);

        assertThatThrownBy(() -> readBlob(AMPLE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(BLOB.path());
    }

    @Test
    void aBodyOfNoAnnouncedLengthIsRefused() throws IOException {
        try (ServerSocket endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> sendWithoutLength(endless), "endless");
            server.setDaemon(true);
            server.start();
            try (S3BlobStore at = S3Harness.storeAt(URI.create("http://127.0.0.1:" + endless.getLocalPort()))) {
                assertThatThrownBy(() -> at.read(BLOB, BlobVersion.ABSENT, 100, AMPLE))
                        .isInstanceOf(DamagedException.class)
                        .hasMessageContaining("no length");
            }
        }
    }

    private static void sendWithoutLength(ServerSocket server) {
        try (var client = server.accept()) {
            client.getInputStream().read(new byte[8_192]);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nETag: \"v\"\r\n\r\nab".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    @Test
    void noBodyIsReceivedOfWhatAnnouncesMoreThanTheLimit() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store().create(BLOB, BlobSource.of(bytes(50_000)), AMPLE);

        assertThatThrownBy(() -> store().copyTo(BLOB, out, 49_999, AMPLE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("50000")
                .hasMessageContaining("49999");

        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, no bucket 'recsys'",
        "404, NotFound, expected S3's code NoSuchKey",
        "404, '', expected S3's code NoSuchKey",
        "301, PermanentRedirect, region",
        "400, AuthorizationHeaderMalformed, region",
        "500, InternalError, later"
    })
    void whatIsNoAnswerOfTheStoreAboutTheObjectIsAnOutage(int status, String code, String advice) {
        try (CannedServer canned = CannedServer.error(status, code)) {
            eachReadAt(
                    canned,
                    read -> assertThatThrownBy(read::run)
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining(advice));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, s3:ListBucket",
        "403, RequestTimeTooSkewed, clock",
        "403, SignatureDoesNotMatch, credentials",
        "400, ExpiredToken, session",
        "401, Unauthorized, permissions"
    })
    void aRefusalIsDeniedAndSaysWhatToDo(int status, String code, String advice) {
        try (CannedServer canned = CannedServer.error(status, code)) {
            eachReadAt(
                    canned,
                    read -> assertThatThrownBy(read::run)
                            .isInstanceOf(StoreDeniedException.class)
                            .hasMessageContaining(advice));
        }
    }

    /** A 404 page of something on the way says nothing of the object. */
    @Test
    void aMissingPageIsNotAbsent() {
        try (CannedServer canned = new CannedServer(404, "<html>404 page not found</html>")) {
            eachReadAt(canned, read -> assertThatThrownBy(read::run).isInstanceOf(StoreUnavailableException.class));
        }
    }

    private static void eachReadAt(CannedServer canned, Consumer<Runnable> check) {
        try (S3BlobStore at = S3Harness.storeAt(canned.endpoint())) {
            check.accept(() -> at.read(BLOB, BlobVersion.ABSENT, 100, AMPLE));
            check.accept(() -> at.copyTo(BLOB, new ByteArrayOutputStream(), 100, AMPLE));
            check.accept(() -> at.list("", "", 10, AMPLE));
        }
    }

    @Test
    void aStatBelievesA404OnlyWithAReason() {
        try (CannedServer canned = CannedServer.error(404, "NoSuchBucket");
                S3BlobStore at = S3Harness.storeAt(canned.endpoint())) {
            assertThatThrownBy(() -> at.stat(BLOB, AMPLE))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no bucket 'recsys'");
            assertThat(canned.methods()).containsExactly("HEAD", "GET");
        }
        assertThat(store().stat(BLOB, AMPLE)).isEmpty();
    }

    @Test
    void aStatHasTheDigestThatS3Verified() {
        byte[] bytes = bytes(1_000);
        store().create(BLOB, BlobSource.of(bytes), AMPLE);

        assertThat(store().stat(BLOB, AMPLE)).contains(new BlobStat(1_000, Optional.of(Sha256.of(bytes))));
    }

    @Test
    void withoutCredentialsEverythingIsDeniedAndASwapNotSent() {
        System.clearProperty("aws.accessKeyId");
        System.setProperty("aws.disableEc2Metadata", "true");
        try (S3BlobStore nobody = S3Harness.storeAt(wire().endpoint())) {
            wire().clearRequests();
            assertThatThrownBy(() -> nobody.read(BLOB, BlobVersion.ABSENT, 1, AMPLE))
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY");
            assertThat(nobody.compareAndSet(REGISTER, BlobVersion.ABSENT, bytes(1), AMPLE))
                    .isInstanceOf(SwapResult.NotSent.class);
            assertThat(wire().requests()).isEmpty();
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
            Credentials.ofTheServer();
        }
    }

    @Test
    void whatIsInTheBucketAndNoKeyIsNotListed() {
        try (S3Client client = plainClient().build()) {
            for (String object : new String[] {
                "other/acme",
                "some/prefixes",
                "some/prefix/",
                "some/prefix/A",
                "some/prefix/a b",
                "some/prefix/a/",
                "some/prefix/ü"
            }) {
                client.putObject(put -> put.bucket(S3Harness.BUCKET).key(object), RequestBody.fromString("x"));
            }
        }
        BlobKey first = BlobKey.of("a-1");
        BlobKey last = BlobKey.of("z");
        store().create(last, BlobSource.of(bytes(1)), AMPLE);
        store().create(first, BlobSource.of(bytes(1)), AMPLE);

        assertThat(store().list("", "", 100, AMPLE)).containsExactly(first, last);
        assertThat(store().list("", "", 1, AMPLE)).containsExactly(first);
        assertThat(store().list("", "a-1", 1, AMPLE)).containsExactly(last);
    }

    @Test
    void aServerThatListsOutOfOrderIsRefusedByTheRuleItBreaks() {
        String page = "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>some/prefix/b</Key></Contents>"
                + "<Contents><Key>some/prefix/a</Key></Contents></ListBucketResult>";
        try (CannedServer canned = new CannedServer(200, page);
                S3BlobStore at = S3Harness.storeAt(canned.endpoint())) {
            assertThatThrownBy(() -> at.list("", "", 10, AMPLE))
                    .isInstanceOf(UnsafeStoreException.class)
                    .hasMessageContaining("ordered");
        }
    }

    @Test
    void anETagThatAProxyMadeWeakOrBareNamesTheSameVersion() {
        assertThat(Requests.versionOf("W/\"abc\"")).contains(new BlobVersion("\"abc\""));
        assertThat(Requests.versionOf("\"abc-2\"")).contains(new BlobVersion("\"abc-2\""));
        assertThat(Requests.versionOf("abc")).contains(new BlobVersion("abc"));
        assertThat(Requests.versionOf("")).isEmpty();
    }

    @Test
    void aServerThatDoesNotLookAtTheConditionIsAnsweredForByTheVersion() {
        try (CannedServer canned = new CannedServer(200, "same", "ETag", "W/\"v\"");
                S3BlobStore at = S3Harness.storeAt(canned.endpoint())) {
            assertThat(at.read(BLOB, new BlobVersion("\"v\""), 100, AMPLE)).isEqualTo(new ReadResult.NotModified());
        }
    }
}
