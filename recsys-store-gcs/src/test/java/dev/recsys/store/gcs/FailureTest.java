package dev.recsys.store.gcs;

import static dev.recsys.store.gcs.Calling.BLOB;
import static dev.recsys.store.gcs.Calling.REGISTER;
import static dev.recsys.store.gcs.Calling.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import dev.recsys.store.SwapResult.Mismatch;
import dev.recsys.store.SwapResult.NotSent;
import dev.recsys.store.SwapResult.Unknown;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each answer means, line by line. */
class FailureTest {
    private static final BlobVersion SOME = new BlobVersion("1700000000000042");

    private ScriptedServer server;
    private BlobStore store;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        store = storeAt(server.endpoint().toString());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private static BlobStore storeAt(String endpoint) {
        return GcsBlobStore.at(URI.create("gs://releases/prod?endpoint=" + endpoint), GcsHarness.noPauses());
    }

    private SwapResult swap(BlobVersion expected) {
        return store.compareAndSet(REGISTER, expected, new byte[] {1}, TIMEOUT);
    }

    static Arguments[] errors() {
        return new Arguments[] {
            line(307, "", Unknown.class),
            line(304, "", Unknown.class),
            line(400, "invalid", NotSent.class),
            line(401, "required", NotSent.class),
            line(403, "forbidden", NotSent.class),
            line(403, "retentionPolicyNotMet", NotSent.class),
            line(403, "rateLimitExceeded", NotSent.class),
            line(408, "", Unknown.class),
            line(409, "conflict", Unknown.class),
            line(412, "conditionNotMet", Mismatch.class),
            line(429, "rateLimitExceeded", NotSent.class),
            line(418, "", Unknown.class),
            line(500, "backendError", Unknown.class),
            line(502, "", Unknown.class),
            line(503, "backendError", Unknown.class),
            line(504, "", Unknown.class),
        };
    }

    private static Arguments line(int status, String reason, Class<? extends SwapResult> meaning) {
        return Arguments.of(status, reason, meaning);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorMeansForASwapWhatTheTableSaysAndItIsSentOnce(
            int status, String reason, Class<? extends SwapResult> meaning) {
        server.toUploads(ScriptedServer.Answer.error(status, reason));

        assertThat(swap(SOME)).isInstanceOf(meaning);
        assertThat(swap(BlobVersion.ABSENT)).isInstanceOf(meaning);

        assertThat(server.uploads()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aStatusWithoutABodyMeansTheSame(int status, String reason, Class<? extends SwapResult> meaning) {
        server.toUploads(new ScriptedServer.Answer(status, ""));

        assertThat(swap(SOME)).isInstanceOf(meaning);

        assertThat(server.uploads()).isEqualTo(1);
    }

    private static String object(String generation, String id, String crc32c) {
        return "{\"bucket\":\"releases\",\"name\":\"prod/acme/home/current\",\"size\":\"1\",\"generation\":\""
                + generation + "\",\"id\":\"releases/prod/acme/home/current/" + id + "\"" + crc32c + "}";
    }

    private static final String RIGHT = ",\"crc32c\":\"oBbQUg==\""; // of the byte 1

    static String[] unreadable() {
        return new String[] {
            "",
            "{}",
            "{\"generation\":",
            "null",
            "<html>login</html>",
            object("many", "many", RIGHT),
            object("17", "17", ""),
            object("17", "16", RIGHT),
            object("17", "17", RIGHT).replace("\"generation\":\"17\",", ""),
        };
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aSuccessThatDoesNotTellTheNewGenerationIsUnknown(String body) {
        server.toUploads(new ScriptedServer.Answer(200, body));

        assertThat(swap(SOME)).isInstanceOf(Unknown.class);

        assertThat(server.uploads()).isEqualTo(1);
    }

    @Test
    void aSuccessThatTellsOfOtherBytesIsUnknown() {
        server.toUploads(new ScriptedServer.Answer(200, object("17", "17", ",\"crc32c\":\"AAAAAA==\"")));

        assertThat(swap(SOME)).isInstanceOf(Unknown.class);
    }

    @Test
    void aSuccessThatTellsOfTheseBytesIsApplied() {
        server.toUploads(new ScriptedServer.Answer(200, object("17", "17", RIGHT)));

        assertThat(swap(SOME)).isEqualTo(new SwapResult.Applied(new BlobVersion("17")));
    }

    @Test
    void a404OfASwapIsAMismatchIfThereIsABucket() {
        server.toUploads(ScriptedServer.Answer.error(404, "notFound"));

        assertThat(swap(SOME)).isInstanceOf(Mismatch.class);
        assertThat(swap(BlobVersion.ABSENT)).as("nothing has to exist").isInstanceOf(Unknown.class);
    }

    @Test
    void a404OfASwapIsNotSentIfThereIsNoBucket() {
        server.toUploads(ScriptedServer.Answer.error(404, "notFound"));
        server.toOthers(ScriptedServer.Answer.error(404, "notFound"));

        assertThat(swap(SOME))
                .isInstanceOfSatisfying(
                        NotSent.class,
                        result -> assertThat(result.cause())
                                .isInstanceOf(StoreUnavailableException.class)
                                .hasMessageContaining("gs://releases/prod")
                                .hasMessageContaining("asked for the bucket 'releases' at " + server.endpoint()
                                        + ", the service answered 404")
                                .hasMessageContaining("Create the bucket"));
    }

    @Test
    void a404OfASwapIsUnknownIfTheBucketDoesNotAnswer() {
        server.toUploads(ScriptedServer.Answer.error(404, "notFound"));
        server.toOthers(ScriptedServer.Answer.error(503, "backendError"));

        assertThat(swap(SOME)).isInstanceOf(Unknown.class);
    }

    @Test
    void aRefusedSwapSaysThatItWasRefused() {
        for (int status : new int[] {401, 403}) {
            server.toUploads(ScriptedServer.Answer.error(status, "forbidden"));

            assertThat(swap(SOME))
                    .isInstanceOfSatisfying(
                            NotSent.class,
                            result -> assertThat(result.cause())
                                    .isInstanceOf(StoreDeniedException.class)
                                    .hasMessageContaining("swapping acme/home/current in gs://releases/prod")
                                    .hasMessageContaining("answered " + status)
                                    .hasMessageContaining("check the credentials"));
        }
    }

    @Test
    void aSwapThatIsTooFastSaysToSlowDown() {
        server.toUploads(ScriptedServer.Answer.error(429, "rateLimitExceeded"));

        assertThat(swap(SOME))
                .isInstanceOfSatisfying(
                        NotSent.class,
                        result -> assertThat(result.cause())
                                .isInstanceOf(StoreUnavailableException.class)
                                .hasMessageContaining("more slowly"));
    }

    @Test
    void whatCannotConnectIsNotSent() {
        server.close();
        assertThat(swap(SOME)).isInstanceOf(NotSent.class);

        try (BlobStore nowhere = storeAt("http://nowhere.invalid:4443")) {
            assertThat(nowhere.compareAndSet(REGISTER, SOME, new byte[] {1}, TIMEOUT))
                    .isInstanceOf(NotSent.class);
        }
    }

    @Test
    void aVersionThatIsNoGenerationIsAMismatchAndNeverMeansAbsent() {
        for (String token : new String[] {"0", "-1", "a", "99999999999999999999"}) {
            assertThat(swap(new BlobVersion(token))).isInstanceOf(Mismatch.class);
        }
        assertThat(server.uploads()).isZero();
    }

    static Arguments[] errorsOfOtherCalls() {
        return new Arguments[] {
            Arguments.of(400, StoreUnavailableException.class),
            Arguments.of(401, StoreDeniedException.class),
            Arguments.of(403, StoreDeniedException.class),
            Arguments.of(404, StoreUnavailableException.class),
            Arguments.of(409, StoreUnavailableException.class),
            Arguments.of(429, StoreUnavailableException.class),
            Arguments.of(500, StoreUnavailableException.class),
            Arguments.of(503, StoreUnavailableException.class),
        };
    }

    @ParameterizedTest
    @MethodSource("errorsOfOtherCalls")
    void noOtherCallTakesAnErrorForAnAnswer(int status, Class<? extends Exception> meaning) {
        server.toUploads(ScriptedServer.Answer.error(status, "as scripted"));
        server.toOthers(ScriptedServer.Answer.error(status, "as scripted"));

        assertThatThrownBy(() -> Calling.read(store, REGISTER, SOME)).isInstanceOf(meaning);
        assertThatThrownBy(() -> Calling.copy(store, BLOB)).isInstanceOf(meaning);
        assertThatThrownBy(() -> Calling.create(store, new byte[] {1})).isInstanceOf(meaning);
        assertThatThrownBy(() -> store.stat(BLOB, TIMEOUT)).isInstanceOf(meaning);
        assertThatThrownBy(() -> store.delete(BLOB, TIMEOUT)).isInstanceOf(meaning);
        assertThatThrownBy(() -> store.list("", "", 1, TIMEOUT))
                .isInstanceOf(meaning)
                .hasMessageContaining("gs://releases/prod");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void noReadTakesAnAnswerThatTellsTooLittleForAbsent(String body) {
        server.toOthers(new ScriptedServer.Answer(200, body));

        assertThatThrownBy(() -> Calling.read(store, REGISTER, SOME)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> store.stat(BLOB, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);
    }
}
