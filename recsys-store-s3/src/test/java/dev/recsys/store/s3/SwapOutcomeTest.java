package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a compare-and-set makes of every answer, and of none: line by line, and always with one request. */
final class SwapOutcomeTest {
    private static final BlobKey REGISTER = BlobKey.of("acme", "home", "current");
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(700);

    private static S3Server server;
    private static FaultyProxy wire;
    private static S3BlobStore store;

    @BeforeAll
    static void start() {
        Credentials.ofTheServer();
        server = S3Server.start(0, List.of("recsys"));
        wire = FaultyProxy.before(server.endpoint());
        store = S3Harness.storeAt(wire.endpoint());
    }

    @AfterAll
    static void stop() {
        store.close();
        wire.close();
        server.close();
    }

    private static int bodies;

    private static byte[] newBody() {
        return ("body " + bodies++).getBytes(StandardCharsets.UTF_8);
    }

    /** A register with a value, under a name of its own. */
    private static BlobKey register(String name) {
        return BlobKey.of("acme", name.toLowerCase(Locale.ROOT), "current");
    }

    private static BlobVersion applied(SwapResult result) {
        assertThat(result).isInstanceOf(SwapResult.Applied.class);
        return ((SwapResult.Applied) result).version();
    }

    static List<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (Timing timing : Timing.values()) {
            for (WireFault fault : WireFault.values()) {
                all.add(Arguments.of(timing, fault));
            }
        }
        return all;
    }

    /** The table of outcomes; what is applied by a later copy is a different question, which the publisher answers. */
    private static Class<? extends SwapResult> expected(Timing timing, WireFault fault) {
        return switch (fault) {
            case DROP, RESET, STALL, STATUS_409, STATUS_500, STATUS_503, EMPTY_200 -> SwapResult.Unknown.class;
            case STATUS_403, STATUS_429 -> SwapResult.NotSent.class;
            case STATUS_404, STATUS_412 -> SwapResult.Mismatch.class;
            // an answer to a PUT has no body: nothing flips, and a head that is cut after the version says enough
            case TRUNCATED_BODY, FLIPPED_BIT ->
                timing == Timing.AFTER ? SwapResult.Applied.class : SwapResult.Unknown.class;
            // the second copy finds the first one's value, and the first answer is lost
            case PROXY_RETRY -> timing == Timing.LATE ? SwapResult.Applied.class : SwapResult.Mismatch.class;
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void everyFaultOfTheWireHasItsOutcomeAndOneRequest(Timing timing, WireFault fault) {
        BlobKey register = register(timing + "-" + fault);
        BlobVersion version = applied(store.compareAndSet(register, BlobVersion.ABSENT, newBody(), AMPLE));
        wire.clearRequests();
        wire.next(S3Harness::isSwap, timing, fault);

        SwapResult result = store.compareAndSet(register, version, newBody(), fault == WireFault.STALL ? SHORT : AMPLE);

        assertThat(result).isInstanceOf(expected(timing, fault));
        assertThat(wire.requests()).as("requests").hasSize(1);
        wire.heal();
        wire.loseLate();
        if (result instanceof SwapResult.Applied) {
            assertThat(store.read(register, applied(result), 100, AMPLE)).isEqualTo(new ReadResult.NotModified());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidArgument",
        "400, RequestTimeout",
        "400, AuthorizationHeaderMalformed",
        "301, PermanentRedirect",
        "307, TemporaryRedirect",
        "404, NoSuchBucket",
        "405, MethodNotAllowed",
        "429, TooManyRequests",
        "403, AccessDenied",
        "403, RequestTimeTooSkewed",
        "400, ExpiredToken",
        "401, Unauthorized"
    })
    void whatIsTurnedAwayIsNotSent(int status, String code) {
        try (CannedServer canned = CannedServer.error(status, code)) {
            assertThat(swapAt(canned)).isInstanceOf(SwapResult.NotSent.class);
            assertThat(canned.methods()).containsExactly("PUT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "409, ConditionalRequestConflict",
        "409, OperationAborted",
        "500, InternalError",
        "501, NotImplemented",
        "502, BadGateway",
        "503, SlowDown",
        "504, GatewayTimeout",
        "408, RequestTimeout",
        "418, Teapot",
        "404, NoSuchUpload",
        "404, SomethingElse",
        "599, ''"
    })
    void whatIsNotClearIsUnknown(int status, String code) {
        try (CannedServer canned = CannedServer.error(status, code)) {
            assertThat(swapAt(canned)).isInstanceOf(SwapResult.Unknown.class);
            assertThat(canned.methods()).containsExactly("PUT");
        }
    }

    @Test
    void aMissingPageOfSomethingElseOnTheWayIsNoMismatch() {
        try (CannedServer canned = new CannedServer(404, "<html><h1>404 page not found</h1></html>")) {
            assertThat(swapAt(canned)).isInstanceOf(SwapResult.Unknown.class);
        }
    }

    @Test
    void thatThereIsNoSuchKeyIsNoMismatchIfNoneWasExpected() {
        try (CannedServer canned = CannedServer.error(404, "NoSuchKey")) {
            assertThat(swapAt(canned, BlobVersion.ABSENT)).isInstanceOf(SwapResult.Unknown.class);
            assertThat(swapAt(canned)).isInstanceOf(SwapResult.Mismatch.class);
        }
    }

    @Test
    void aSuccessWithoutAVersionIsUnknown() {
        try (CannedServer canned = new CannedServer(200, "")) {
            assertThat(swapAt(canned)).isInstanceOf(SwapResult.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 mail.example ready\r\n\r\n",
                "HTTP/1.1 200 OK\r\nETag: \"0123",
                "HTTP/1.1 200 OK\r\nETag: \"",
                "HTTP/1.1 200 O",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void anAnswerThatIsCutOrNoHttpIsUnknown(String answer) throws Exception {
        try (ServerSocket talker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread talking = new Thread(() -> say(answer, talker), "talker");
            talking.start();

            assertThat(swapAt(URI.create("http://127.0.0.1:" + talker.getLocalPort()), new BlobVersion("\"v\"")))
                    .isInstanceOf(SwapResult.Unknown.class);
            talking.join();
        }
    }

    private static void say(String answer, ServerSocket server) {
        try (var client = server.accept()) {
            client.getInputStream().read(new byte[8_192]);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRefusalNamesItsReason() {
        try (CannedServer skewed = CannedServer.error(403, "RequestTimeTooSkewed");
                CannedServer denied = CannedServer.error(403, "AccessDenied")) {
            assertThat(causeOf(swapAt(skewed)))
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining("clock");
            assertThat(causeOf(swapAt(denied)))
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining("acme/home/current")
                    .hasMessageContaining("s3:ListBucket");
        }
    }

    @Test
    void aMissingBucketIsNamed() {
        try (CannedServer canned = CannedServer.error(404, "NoSuchBucket")) {
            assertThat(causeOf(swapAt(canned)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no bucket 'recsys'");
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(swapAt(URI.create("http://127.0.0.1:" + port), BlobVersion.ABSENT))
                .isInstanceOf(SwapResult.NotSent.class);
    }

    @Test
    void aNameThatDoesNotExistIsNotSent() {
        assertThat(swapAt(URI.create("http://no-such-host.invalid:9000"), BlobVersion.ABSENT))
                .isInstanceOf(SwapResult.NotSent.class);
    }

    @Test
    void anInterruptBeforeTheRequestIsNotSentAndOneDuringItIsUnknownAtOnce() throws Exception {
        BlobKey register = register("interrupted");
        wire.next(S3Harness::isSwap, Timing.AFTER, WireFault.STALL);
        List<SwapResult> results = new ArrayList<>();
        List<Boolean> flags = new ArrayList<>();
        Thread swapper = new Thread(() -> {
            for (int i = 0; i < 2; i++) {
                results.add(store.compareAndSet(register, BlobVersion.ABSENT, newBody(), AMPLE));
                flags.add(Thread.currentThread().isInterrupted());
            }
        });
        wire.clearRequests();
        swapper.start();
        while (wire.count(S3Harness::isSwap) == 0) {
            Thread.onSpinWait();
        }
        long interruptedAt = System.nanoTime();
        swapper.interrupt();
        swapper.join();

        assertThat(Duration.ofNanos(System.nanoTime() - interruptedAt)).isLessThan(AMPLE.dividedBy(2));
        assertThat(results.get(0)).isInstanceOf(SwapResult.Unknown.class);
        assertThat(results.get(1)).isInstanceOf(SwapResult.NotSent.class);
        assertThat(flags).containsExactly(true, true);
        assertThat(wire.count(S3Harness::isSwap)).isEqualTo(1);
        wire.heal();
    }

    private static Throwable causeOf(SwapResult result) {
        return ((SwapResult.NotSent) result).cause();
    }

    private static SwapResult swapAt(CannedServer canned) {
        return swapAt(canned, new BlobVersion("\"v\""));
    }

    private static SwapResult swapAt(CannedServer canned, BlobVersion expected) {
        return swapAt(canned.endpoint(), expected);
    }

    private static SwapResult swapAt(URI endpoint, BlobVersion expected) {
        try (S3BlobStore at = S3Harness.storeAt(endpoint)) {
            return at.compareAndSet(REGISTER, expected, new byte[] {1}, AMPLE);
        }
    }
}
