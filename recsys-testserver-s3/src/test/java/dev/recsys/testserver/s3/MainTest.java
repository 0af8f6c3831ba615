package dev.recsys.testserver.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    private static Main.Options parse(String line) {
        return Main.Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    @Test
    void withoutOptionsItListensOnPort9000WithOneBucket() {
        assertThat(parse("")).isEqualTo(new Main.Options(9000, List.of("recsys")));
    }

    @Test
    void portAndBucketsCanBeChosen() {
        assertThat(parse("--bucket one --port 0 --bucket two")).isEqualTo(new Main.Options(0, List.of("one", "two")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--port 65536", "--port -1", "--verbose yes", "9000", "--bucket A_B"})
    void whatIsNotUnderstoodIsNamed(String line) {
        String culprit = line.replaceFirst("--(port|bucket) (.+)", "$2").replaceFirst(" .*", "");

        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(culprit);
    }

    @Test
    void aPortThatIsTakenIsNamedInOneLineWithWhatToDo() {
        try (S3Server first = S3Server.start(0, List.of("one"))) {
            int taken = first.endpoint().getPort();

            assertThatThrownBy(() -> S3Server.start(taken, List.of("one")))
                    .isInstanceOfSatisfying(
                            IllegalStateException.class,
                            failure -> assertThat(Main.whyNotStarted(failure, taken))
                                    .contains("port " + taken, "--port 0")
                                    .doesNotContain("\n"));
        }
    }

    @Test
    void theGreetingSaysHowToOpenEachBucketAndWithWhichCredentials() {
        try (S3Server server = S3Server.start(0, List.of("one", "two"))) {
            assertThat(Main.greeting(server, List.of("one", "two")))
                    .contains("AWS_ACCESS_KEY_ID=" + S3Server.ACCESS_KEY)
                    .contains("AWS_SECRET_ACCESS_KEY=" + S3Server.SECRET_KEY)
                    .contains("'s3://one?region=us-east-1&endpoint=" + server.endpoint() + "'")
                    .contains("'s3://two?region=us-east-1&endpoint=" + server.endpoint() + "'");
        }
    }
}
