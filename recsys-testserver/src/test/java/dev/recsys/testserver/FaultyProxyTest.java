package dev.recsys.testserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FaultyProxyTest {

    private final SmallServer server = new SmallServer();
    private final FaultyProxy proxy = FaultyProxy.before(server.uri());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    private static boolean put(WireRequest request) {
        return request.method().equals("PUT");
    }

    private static boolean any(WireRequest request) {
        return true;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(to(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    private Socket raw() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The head of one answer; what follows is not read. */
    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection ended after: " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void withoutAFaultEveryRequestAndAnswerPassesUnchanged() throws Exception {
        assertThat(put("/a?x=1", "hello").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = get("/a");

        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.headers().firstValue("ETag")).contains("\"5\"");
        assertThat(server.applied()).containsExactly("PUT /a", "GET /a");
    }

    @Test
    void theHostHeaderArrivesAsTheClientSentIt() throws Exception {
        get("/echo/1");

        assertThat(server.hosts())
                .containsExactly("127.0.0.1:" + proxy.endpoint().getPort());
    }

    @Test
    void requestsAreCountedWithMethodPathQueryAndHeaders() throws Exception {
        send(to("/acme%2Fhome?list-type=2").header("X-Thing", "17").GET());

        WireRequest seen = proxy.requests().get(0);
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.path()).isEqualTo("/acme%2Fhome");
        assertThat(seen.decodedPath()).isEqualTo("/acme/home");
        assertThat(seen.query()).isEqualTo("list-type=2");
        assertThat(seen.header("x-thing")).contains("17");
        assertThat(seen.header("x-other")).isEmpty();
        assertThat(proxy.count(FaultyProxyTest::put)).isZero();
        proxy.clearRequests();
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void aRequestShowsTheOpeningOfItsBodyAndNoMore() throws Exception {
        put("/short", "hello");
        put("/long", "x".repeat(5_000));

        assertThat(proxy.requests().get(0).opening()).isEqualTo("hello");
        assertThat(proxy.requests().get(1).opening()).isEqualTo("x".repeat(1_024));
    }

    @Test
    void whatAWireRequestPrintsHoldsNoCredentials() throws Exception {
        send(to("/a?X-Amz-Signature=secret").header("Authorization", "secret").GET());

        assertThat(proxy.requests().get(0)).hasToString("GET /a");
    }

    @Test
    void aChunkedRequestAndAChunkedAnswerPass() throws Exception {
        byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        send(to("/big").PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(proxy.requests().get(0).header("Transfer-Encoding")).contains("chunked");
        assertThat(server.stored("/big")).hasSize(100_000);
        assertThat(get("/big?chunked").body()).hasSize(100_000);
    }

    @Test
    void headDeleteAndTheirAnswersHaveNoBody() throws Exception {
        put("/a", "hello");

        HttpResponse<String> head = send(to("/a").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> delete = send(to("/a").DELETE());

        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(head.body()).isEmpty();
        assertThat(delete.statusCode()).isEqualTo(204);
        assertThat(get("/echo/still-in-step").body()).isEqualTo("/echo/still-in-step");
    }

    @Test
    void oneConnectionCarriesSeveralRequests() throws Exception {
        try (Socket socket = raw()) {
            write(socket, "GET /echo/1 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
            assertThat(socket.getInputStream().readNBytes(7)).asString().isEqualTo("/echo/1");
            write(socket, "GET /echo/2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(readAll(socket)).startsWith("HTTP/1.1 200").endsWith("/echo/2");
        }
    }

    @Test
    void whoAsksWhetherToContinueIsToldBeforeTheBodyIsSent() throws Exception {
        try (Socket socket = raw()) {
            write(socket, "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(readHead(socket)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            write(socket, "hello");
            assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(server.stored("/a")).isEqualTo("hello");
        assertThat(proxy.count(FaultyProxyTest::put)).isEqualTo(1);
    }

    @Test
    void aRequestLargerThanTheProxyKeepsIsAnsweredWith413() throws Exception {
        try (Socket socket = raw()) {
            write(socket, "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 67108865\r\n\r\n");
            assertThat(readHead(socket)).startsWith("HTTP/1.1 413");
        }
        assertThat(server.applied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET"})
    void aCutConnectionBeforeTheServerLeavesNothingApplied(WireFault fault) {
        proxy.next(FaultyProxyTest::put, Timing.BEFORE, fault);

        assertThatThrownBy(() -> put("/a", "hello")).isInstanceOf(IOException.class);
        assertThat(server.applied()).isEmpty();
        assertThat(proxy.count(FaultyProxyTest::put)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET"})
    void aCutConnectionAfterTheServerLeavesTheRequestApplied(WireFault fault) {
        proxy.next(FaultyProxyTest::put, Timing.AFTER, fault);

        assertThatThrownBy(() -> put("/a", "hello")).isInstanceOf(IOException.class);
        assertThat(server.stored("/a")).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET"})
    void aCutConnectionMayLeaveTheRequestToLandLate(WireFault fault) throws Exception {
        proxy.next(FaultyProxyTest::put, Timing.LATE, fault);

        assertThatThrownBy(() -> put("/a", "late")).isInstanceOf(IOException.class);
        assertThat(put("/a", "sooner").statusCode()).isEqualTo(200);
        assertThat(proxy.landLate()).containsExactly(412);
        assertThat(server.stored("/a")).isEqualTo("sooner");
        assertThat(proxy.landLate()).isEmpty();
    }

    @Test
    void aResetIsSeenAsAResetAndADropAsAnEnd() throws Exception {
        proxy.next(FaultyProxyTest::any, Timing.BEFORE, WireFault.RESET);
        proxy.next(FaultyProxyTest::any, Timing.BEFORE, WireFault.DROP);

        try (Socket reset = raw()) {
            write(reset, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThatThrownBy(() -> readAll(reset)).hasMessageContaining("reset");
        }
        try (Socket dropped = raw()) {
            write(dropped, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(readAll(dropped)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void aStallLastsUntilTheClientGivesUp(Timing timing) throws Exception {
        proxy.next(FaultyProxyTest::put, timing, WireFault.STALL);

        HttpRequest.Builder impatient =
                to("/a").timeout(Duration.ofMillis(200)).PUT(HttpRequest.BodyPublishers.ofString("hello"));
        assertThatThrownBy(() -> send(impatient)).isInstanceOf(HttpTimeoutException.class);
        assertThat(server.stored("/a")).isEqualTo(timing == Timing.AFTER ? "hello" : "");
        assertThat(proxy.landLate()).hasSize(timing == Timing.LATE ? 1 : 0);
    }

    @Test
    void healingEndsAStallAndEveryFault() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        proxy.always(
                request -> {
                    arrived.countDown();
                    return true;
                },
                Timing.BEFORE,
                WireFault.STALL);

        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                to("/a").PUT(HttpRequest.BodyPublishers.ofString("hello")).build(),
                HttpResponse.BodyHandlers.ofString());
        arrived.await();
        while (!waiting.isDone()) {
            proxy.heal(); // the request may be on its way into the stall when the first call comes
        }

        assertThat(waiting).isCompletedExceptionally();
        assertThat(put("/b", "hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "STATUS_.*")
    void aStatusReplacesTheAnswerWithAllTimings(WireFault fault) throws Exception {
        proxy.next(FaultyProxyTest::put, Timing.BEFORE, fault);
        proxy.next(FaultyProxyTest::put, Timing.AFTER, fault);
        proxy.next(FaultyProxyTest::put, Timing.LATE, fault);

        assertThat(put("/before", "hello").statusCode()).isEqualTo(fault.status());
        assertThat(put("/after", "hello").statusCode()).isEqualTo(fault.status());
        assertThat(put("/late", "hello").statusCode()).isEqualTo(fault.status());
        assertThat(server.applied()).containsExactly("PUT /after");
        assertThat(proxy.landLate()).containsExactly(200);
        assertThat(server.applied()).containsExactly("PUT /after", "PUT /late");
    }

    @Test
    void errorsAreWrittenInTheDialectOfTheStore() throws Exception {
        proxy.always(FaultyProxyTest::any, Timing.BEFORE, WireFault.STATUS_412);

        assertThat(get("/a").body()).contains("<Code>PreconditionFailed</Code>");
        proxy.speaking(Dialect.GCS_JSON);
        HttpResponse<String> json = get("/a");
        assertThat(json.body()).contains("\"code\":412", "\"reason\":\"conditionNotMet\"");
        assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    @Test
    void anErrorAnswerToHeadHasNoBody() throws Exception {
        proxy.next(FaultyProxyTest::any, Timing.BEFORE, WireFault.STATUS_503);

        try (Socket socket = raw()) {
            write(socket, "HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(readAll(socket)).startsWith("HTTP/1.1 503").endsWith("\r\n\r\n");
        }
    }

    @Test
    void aTruncatedAnswerPromisesItsWholeLengthAndStopsHalfWay() throws Exception {
        put("/a", "0123456789");
        proxy.next(FaultyProxyTest::any, Timing.AFTER, WireFault.TRUNCATED_BODY);

        try (Socket socket = raw()) {
            write(socket, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(readAll(socket))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("Content-Length: 10\r\n")
                    .endsWith("\r\n\r\n01234");
        }
    }

    @Test
    void aTruncatedAnswerWithoutABodyIsCutWithinItsHead() throws Exception {
        proxy.next(FaultyProxyTest::put, Timing.AFTER, WireFault.TRUNCATED_BODY);

        assertThatThrownBy(() -> put("/a", "hello")).isInstanceOf(IOException.class);
        assertThat(server.stored("/a")).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "LATE"})
    void aTruncationWithoutAnAnswerIsAMadeUpOne(Timing timing) {
        proxy.next(FaultyProxyTest::any, timing, WireFault.TRUNCATED_BODY);

        assertThatThrownBy(() -> get("/a")).isInstanceOf(IOException.class);
        assertThat(server.applied()).isEmpty();
        assertThat(proxy.landLate()).hasSize(timing == Timing.LATE ? 1 : 0);
    }

    @Test
    void aFlippedBitChangesTheBodyAndNothingElse() throws Exception {
        put("/a", "0123456789");
        proxy.next(FaultyProxyTest::any, Timing.AFTER, WireFault.FLIPPED_BIT);

        HttpResponse<String> answer = get("/a");

        assertThat(answer.body()).isEqualTo("0123446789");
        assertThat(answer.headers().firstValue("ETag")).contains("\"10\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "LATE"})
    void aFlippedBitWithoutAnAnswerIsAByteOfNoMeaning(Timing timing) throws Exception {
        proxy.next(FaultyProxyTest::any, timing, WireFault.FLIPPED_BIT);

        assertThat(get("/a").body()).isEqualTo("\0");
        assertThat(server.applied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void anEmpty200HasNoHeaderOfTheStore(Timing timing) throws Exception {
        proxy.next(FaultyProxyTest::put, timing, WireFault.EMPTY_200);

        HttpResponse<String> answer = put("/a", "hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).containsOnlyKeys("content-length");
        assertThat(server.stored("/a")).isEqualTo(timing == Timing.AFTER ? "hello" : "");
        assertThat(proxy.landLate()).hasSize(timing == Timing.LATE ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void aProxyThatRetriesHidesThatTheFirstAttemptSucceeded(Timing timing) throws Exception {
        proxy.next(FaultyProxyTest::put, timing, WireFault.PROXY_RETRY);

        assertThat(put("/a", "hello").statusCode()).isEqualTo(412);
        assertThat(server.stored("/a")).isEqualTo("hello");
        assertThat(server.applied()).containsExactly("PUT /a", "PUT /a");
        assertThat(proxy.count(FaultyProxyTest::put)).isEqualTo(1);
    }

    @Test
    void aLateRetryIsASecondCopyThatLandsLater() throws Exception {
        proxy.next(FaultyProxyTest::put, Timing.LATE, WireFault.PROXY_RETRY);

        assertThat(put("/a", "hello").statusCode()).isEqualTo(200);
        assertThat(proxy.landLate()).containsExactly(412);
    }

    @Test
    void aFaultForTheNextRequestStrikesOnceAndOnlyWhatMatches() throws Exception {
        proxy.next(FaultyProxyTest::put, Timing.BEFORE, WireFault.STATUS_500);

        assertThat(get("/echo/1").statusCode()).isEqualTo(200);
        assertThat(put("/a", "hello").statusCode()).isEqualTo(500);
        assertThat(put("/a", "hello").statusCode()).isEqualTo(200);
    }

    @Test
    void aLastingFaultStrikesUntilHealingAndGivesWayToTheNext() throws Exception {
        proxy.always(FaultyProxyTest::put, Timing.BEFORE, WireFault.STATUS_503);
        proxy.next(FaultyProxyTest::put, Timing.BEFORE, WireFault.STATUS_403);

        assertThat(put("/a", "x").statusCode()).isEqualTo(403);
        assertThat(put("/a", "x").statusCode()).isEqualTo(503);
        assertThat(put("/a", "x").statusCode()).isEqualTo(503);
        proxy.heal();
        assertThat(put("/a", "x").statusCode()).isEqualTo(200);
    }

    @Test
    void lateRequestsLandInTheirOrderUnlessTheyAreLost() throws Exception {
        proxy.always(FaultyProxyTest::put, Timing.LATE, WireFault.STATUS_503);
        put("/1", "x");
        put("/2", "x");
        assertThat(proxy.landLate()).containsExactly(200, 200);
        put("/3", "x");
        proxy.loseLate();

        assertThat(proxy.landLate()).isEmpty();
        assertThat(server.applied()).containsExactly("PUT /1", "PUT /2");
    }

    @Test
    void anUnreachableProxyCutsAndRefusesAndComesBackOnTheSamePort() throws Exception {
        URI endpoint = proxy.endpoint();
        try (Socket open = raw()) {
            write(open, "GET /echo/1 HTTP/1.1\r\nHost: h\r\n\r\n");
            readHead(open);
            open.getInputStream().readNBytes(7);
            proxy.becomeUnreachable();
            assertThatThrownBy(() -> readAll(open)).isInstanceOf(IOException.class);
        }

        assertThatThrownBy(() -> get("/echo/1")).isInstanceOf(ConnectException.class);
        proxy.heal();
        assertThat(proxy.endpoint()).isEqualTo(endpoint);
        assertThat(get("/echo/1").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatIsAwayIsNoAnswerForTheClient() {
        server.close();

        assertThatThrownBy(() -> get("/echo/1")).isInstanceOf(IOException.class);
    }

    @Test
    void aThousandRequestsAtOnceGetTheirOwnAnswers() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(client.sendAsync(to("/echo/" + i).GET().build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i).join().body()).isEqualTo("/echo/" + i);
        }
        assertThat(proxy.requests()).hasSize(1000);
    }

    @Test
    void closingTwiceIsFineAndFreesThePort() throws Exception {
        int port = proxy.endpoint().getPort();
        proxy.close();
        proxy.close();

        try (FaultyProxy again = FaultyProxy.before(server.uri(), port)) {
            assertThat(again.endpoint()).isEqualTo(proxy.endpoint());
            assertThat(get("/echo/1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServerThatIsNotSpokenToInPlainHttpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultyProxy.before(URI.create("https://example.org")))
                .withMessageContaining("http://127.0.0.1:9000");
    }
}
