package dev.recsys.store.gcs;

import static dev.recsys.store.gcs.Calling.REGISTER;
import static dev.recsys.store.gcs.Calling.TIMEOUT;
import static dev.recsys.store.gcs.Calling.bytesOf;
import static dev.recsys.store.gcs.Calling.swapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.gcs.GcsServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which client is used for what: the caller's, the store's own, and with which credentials. */
@Timeout(60)
class ClientsTest {
    private GcsHarness harness;

    @BeforeEach
    void start() throws IOException {
        harness = GcsHarness.start();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private static Storage clientOf(URI endpoint, Credentials credentials) {
        return StorageOptions.http()
                .setProjectId("some-project")
                .setHost(endpoint.toString())
                .setCredentials(credentials)
                .build()
                .getService();
    }

    /** Credentials that count how often they are renewed. */
    private static final class Tokens extends OAuth2Credentials {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger renewed = new AtomicInteger();

        @Override
        public AccessToken refreshAccessToken() {
            return new AccessToken(
                    "token-" + renewed.incrementAndGet(),
                    Date.from(Instant.now().plus(Duration.ofHours(1))));
        }
    }

    @Test
    void theCallersClientIsUsedAndNotClosed() {
        Storage client = clientOf(harness.proxy().endpoint(), new Tokens());

        try (BlobStore store = GcsBlobStore.over(client, GcsHarness.BUCKET, "prod/eu")) {
            swapped(store, BlobVersion.ABSENT, 1);
            assertThat(store.location()).isEqualTo("gs://releases/prod/eu");
        }

        assertThat(client.readAllBytes(GcsHarness.BUCKET, "prod/eu/acme/home/current"))
                .containsExactly(1);
        assertThat(harness.proxy().requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isPresent());
    }

    @Test
    void theRetriesOfTheCallersClientAreNotThoseOfASwap() {
        Storage client = clientOf(harness.proxy().endpoint(), new Tokens());
        try (BlobStore store = GcsBlobStore.over(client, GcsHarness.BUCKET, "")) {
            harness.proxy().always(GcsHarness.SWAP, Timing.BEFORE, WireFault.STATUS_503);

            assertThat(Calling.swap(store, BlobVersion.ABSENT, 1)).isInstanceOf(SwapResult.Unknown.class);

            assertThat(harness.proxy().count(GcsHarness.SWAP)).isEqualTo(1);
        }
    }

    @Test
    void aSwapWhoseTokenIsRefusedIsSentOnceAndTheNextHasANewToken() throws IOException {
        try (ScriptedServer server = new ScriptedServer()) {
            server.toUploads(ScriptedServer.Answer.error(401, "authError"));
            Tokens tokens = new Tokens();
            try (BlobStore store = GcsBlobStore.over(clientOf(server.endpoint(), tokens), GcsHarness.BUCKET, "")) {
                assertThat(Calling.swap(store, BlobVersion.ABSENT, 1)).isInstanceOf(SwapResult.NotSent.class);
                assertThat(server.tokens()).containsExactly("Bearer token-1");

                assertThat(Calling.swap(store, BlobVersion.ABSENT, 1)).isInstanceOf(SwapResult.NotSent.class);
                assertThat(server.tokens()).containsExactly("Bearer token-1", "Bearer token-2");
            }
        }
    }

    @Test
    void aSwapThatWaitsForItsTokenTooLongIsNeverSent() throws Exception {
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        OAuth2Credentials slow = new OAuth2Credentials() {
            @Override
            public AccessToken refreshAccessToken() {
                boolean interrupted = false;
                asked.countDown();
                while (given.getCount() > 0) {
                    try {
                        given.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return new AccessToken("late", Date.from(Instant.now().plus(Duration.ofHours(1))));
            }
        };
        Storage client = clientOf(harness.proxy().endpoint(), slow);
        try (BlobStore store = GcsBlobStore.over(client, GcsHarness.BUCKET, "")) {
            SwapResult result =
                    store.compareAndSet(REGISTER, BlobVersion.ABSENT, new byte[] {1}, Duration.ofMillis(500));
            assertThat(result).isInstanceOf(SwapResult.Unknown.class);
            asked.await();

            given.countDown();

            swapped(store, BlobVersion.ABSENT, 2);
            assertThat(harness.proxy().count(GcsHarness.SWAP)).isEqualTo(1);
        }
    }

    @Test
    void credentialsThatAreNotThereAreLookedForAgain() throws IOException {
        AtomicBoolean there = new AtomicBoolean();
        LateCredentials late = new LateCredentials(() -> {
            if (!there.get()) {
                throw new IOException("no metadata server");
            }
            return new Tokens();
        });
        Storage client = StorageOptions.http()
                .setProjectId("some-project")
                .setHost(harness.proxy().endpoint().toString())
                .setCredentials(late)
                .build()
                .getService();
        try (BlobStore store =
                GcsBlobStore.over(client, BucketAddress.of(GcsHarness.BUCKET, ""), GcsHarness.noPauses())) {
            assertThat(Calling.swap(store, BlobVersion.ABSENT, 1))
                    .isInstanceOfSatisfying(
                            SwapResult.NotSent.class,
                            result -> assertThat(result.cause())
                                    .hasMessageContaining("no application default credentials were found"));
            assertThatThrownBy(() -> Calling.isAbsent(store, REGISTER))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS names")
                    .hasMessageContaining("no metadata server")
                    .hasMessageContaining("gcloud auth application-default login")
                    .hasMessageNotContaining("Try again");
            assertThat(harness.proxy().requests()).isEmpty();

            there.set(true);

            swapped(store, BlobVersion.ABSENT, 1);
            assertThat(harness.proxy().requests())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).contains("Bearer token-1"));
        }
    }

    @Test
    void aServiceAccountGetsItsTokenWithTheLibrariesThatAreLeft() throws Exception {
        try (ScriptedServer tokenServer = new ScriptedServer()) {
            tokenServer.toUploads(new ScriptedServer.Answer(
                    200, "{\"access_token\":\"of-the-account\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            ServiceAccountCredentials account = ServiceAccountCredentials.newBuilder()
                    .setClientEmail("publisher@some-project.iam.gserviceaccount.com")
                    .setPrivateKey(keys.generateKeyPair().getPrivate())
                    .setTokenServerUri(tokenServer.endpoint())
                    .setScopes(List.of("https://www.googleapis.com/auth/devstorage.read_write"))
                    .build();
            Storage client = clientOf(harness.proxy().endpoint(), account);
            try (BlobStore store = GcsBlobStore.over(client, GcsHarness.BUCKET, "")) {
                swapped(store, BlobVersion.ABSENT, 1);
            }
        }
        assertThat(harness.proxy().requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).contains("Bearer of-the-account"));
    }

    @Test
    void noCredentialsGoOverPlainHttp() {
        try (BlobStore store = harness.open()) {
            swapped(store, BlobVersion.ABSENT, 1);
        }
        assertThat(harness.proxy().requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void aMissingBucketIsAnErrorThatNamesIt() {
        URI address =
                URI.create("gs://no-such-bucket?endpoint=" + harness.proxy().endpoint());
        try (BlobStore store = GcsBlobStore.at(address, GcsHarness.noPauses())) {
            assertNamesTheBucket(() -> Calling.isAbsent(store, REGISTER));
            assertNamesTheBucket(() -> store.stat(Calling.BLOB, TIMEOUT));
            assertNamesTheBucket(() -> Calling.copy(store, Calling.BLOB));
            assertNamesTheBucket(() -> Calling.create(store, new byte[] {1}));
            assertNamesTheBucket(() -> store.delete(Calling.BLOB, TIMEOUT));
            assertNamesTheBucket(() -> store.list("", "", 1, TIMEOUT));
            assertThat(Calling.swap(store, BlobVersion.ABSENT, 1)).isInstanceOf(SwapResult.NotSent.class);
            assertThat(Calling.swap(store, new BlobVersion("17"), 1)).isInstanceOf(SwapResult.NotSent.class);
        }
    }

    private static void assertNamesTheBucket(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("gs://no-such-bucket")
                .hasMessageContaining("the service answered 404")
                .hasMessageContaining("Create the bucket")
                .hasMessageContaining("or correct its name or the endpoint");
    }

    @Test
    void whatIsNoKeyOfAStoreIsPassedByAndPrefixesDoNotMix() {
        Storage client = clientOf(harness.server(), new Tokens());
        for (String name : new String[] {"prod/a/b", "prod/A", "prod/", "prod/a//b", "prod/ä", "prod2/c", "x"}) {
            client.create(BlobInfo.newBuilder(GcsHarness.BUCKET, name).build(), new byte[] {1});
        }
        try (BlobStore store = GcsBlobStore.over(client, GcsHarness.BUCKET, "prod")) {
            assertThat(store.list("", "", 10, TIMEOUT)).containsExactly(new BlobKey("a/b"));
            assertThat(bytesOf(store, new BlobKey("a/b"))).containsExactly(1);
        }
    }

    @Test
    void whatWasWrittenFasterThanOnceASecondIsNotSent() throws IOException {
        try (GcsServer server =
                        GcsServer.withBucket("limited").oneWriteASecond().start();
                FaultyProxy proxy = FaultyProxy.before(server.endpoint());
                BlobStore store = GcsBlobStore.at(URI.create("gs://limited?endpoint=" + proxy.endpoint()))) {
            BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);

            assertThat(Calling.swap(store, version, 2)).isInstanceOf(SwapResult.NotSent.class);

            assertThat(bytesOf(store, REGISTER)).containsExactly(1);
            assertThat(proxy.count(GcsHarness.SWAP)).isEqualTo(2);
        }
    }

    @Test
    void aClientThatIsNotOfHttpAndJsonIsRefused() {
        Storage another = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (client, method, arguments) -> null);

        assertThatThrownBy(() -> GcsBlobStore.over(another, GcsHarness.BUCKET, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StorageOptions.http()");
    }
}
