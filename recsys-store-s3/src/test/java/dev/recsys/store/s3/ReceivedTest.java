package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What a transfer that the SDK ends means. */
class ReceivedTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Deadline deadline = Deadline.of("reading acme/home/current", Duration.ofSeconds(5), nanos::get);

    static Stream<RuntimeException> ends() {
        return Stream.of(
                AbortedException.create("Thread was interrupted"),
                ApiCallTimeoutException.create(5_000),
                ApiCallAttemptTimeoutException.create(5_000));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aTransferThatIsGivenUpIsNoDamage(RuntimeException end) {
        assertThatThrownBy(() -> receive(end))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("reading acme/home/current was given up, after 0 of 100 bytes")
                .hasCause(end);
    }

    @Test
    void aTransferThatIsGivenUpWhenItsTimeIsOverSaysSo() {
        assertThatThrownBy(() -> receive(AbortedException.create("Thread was interrupted")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> receiveTooLate(AbortedException.create("Thread was interrupted")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("timeout of PT5S");
    }

    @Test
    void bytesThatDoNotFitTheirChecksumAreDamage() {
        assertThatThrownBy(() -> receive(SdkClientException.create("Data read has a different checksum than expected")))
                .isInstanceOf(DamagedException.class);
    }

    private void receiveTooLate(RuntimeException end) {
        receive(new InputStream() {
            @Override
            public int read() {
                nanos.addAndGet(Duration.ofSeconds(6).toNanos());
                throw end;
            }

            @Override
            public int read(byte[] chunk, int offset, int length) {
                return read();
            }
        });
    }

    private void receive(RuntimeException end) {
        receive(new InputStream() {
            @Override
            public int read() {
                throw end;
            }

            @Override
            public int read(byte[] chunk, int offset, int length) {
                throw end;
            }
        });
    }

    private void receive(InputStream body) {
        Received received = new Received(new ByteArrayOutputStream(), 1_000, deadline);
        GetObjectResponse head =
                GetObjectResponse.builder().eTag("\"v1\"").contentLength(100L).build();
        received.transform(head, AbortableInputStream.create(body));
        received.requireWhole();
    }
}
