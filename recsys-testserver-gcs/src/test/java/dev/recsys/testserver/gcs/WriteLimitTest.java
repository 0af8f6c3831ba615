package dev.recsys.testserver.gcs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One write a second to one object. */
class WriteLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final WriteLimit limit = WriteLimit.oneASecond(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aSecondWriteWithinASecondIsRefusedAndDoesNotPutOffTheNext() throws Refusal {
        limit.requireRoom("a");
        pass(Duration.ofMillis(999));
        assertThatThrownBy(() -> limit.requireRoom("a"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a exceeded");
        assertThatCode(() -> limit.requireRoom("b")).doesNotThrowAnyException();

        pass(Duration.ofMillis(1));

        assertThatCode(() -> limit.requireRoom("a")).doesNotThrowAnyException();
    }
}
