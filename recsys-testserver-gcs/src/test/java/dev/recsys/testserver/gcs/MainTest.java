package dev.recsys.testserver.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that starts the fake. */
class MainTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private GcsServer start(String... arguments) throws IOException {
        return Main.start(arguments, new PrintStream(printed, false, StandardCharsets.UTF_8));
    }

    @Test
    void itStartsAServerWithTheBucketAndPrintsTheAddressOfTheStore() throws Exception {
        try (GcsServer server = start("--port", "0", "--bucket", "my-bucket")) {
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("store: gs://my-bucket?endpoint=" + server.endpoint());
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.endpoint() + "/storage/v1/b/my-bucket"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedInOneLineWithWhatToDo() throws IOException {
        try (GcsServer first = start("--port", "0")) {
            String taken = String.valueOf(first.endpoint().getPort());

            assertThatThrownBy(() -> start("--port", taken))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("port " + taken)
                    .hasMessageContaining("--port 0")
                    .hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bucket", "--port x", "--port 65536", "--port -1", "--bucket A_B", "--help", "my-bucket"})
    void whatItDoesNotUnderstandItSays(String arguments) {
        assertThatThrownBy(() -> start(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("usage:");
    }
}
