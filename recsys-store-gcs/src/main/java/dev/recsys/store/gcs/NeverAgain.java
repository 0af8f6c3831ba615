package dev.recsys.store.gcs;

import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.cloud.storage.StorageRetryStrategy;
import org.jspecify.annotations.Nullable;

/**
 * No failure is one after which to try again. Settings of a single attempt are not enough: a download whose connection
 * ends early goes on in another request as often as it takes, without asking the settings.
 */
final class NeverAgain implements StorageRetryStrategy {
    private static final long serialVersionUID = 1L;

    @Override
    public ResultRetryAlgorithm<?> getIdempotentHandler() {
        return new Never();
    }

    @Override
    public ResultRetryAlgorithm<?> getNonidempotentHandler() {
        return new Never();
    }

    private static final class Never extends BasicResultRetryAlgorithm<Object> {
        @Override
        public boolean shouldRetry(@Nullable Throwable failure, @Nullable Object answer) {
            return false;
        }
    }
}
