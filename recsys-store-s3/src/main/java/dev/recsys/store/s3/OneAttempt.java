package dev.recsys.store.s3;

import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * Holds one request to one attempt on the wire, whatever the client's settings are, and knows whether it was made.
 *
 * <p>The client's retries are switched off for the request. Should something repeat it all the same, the second attempt is
 * stopped here before it is sent.
 */
final class OneAttempt implements SdkPlugin, ExecutionInterceptor {
    private enum State {
        OPEN,
        MADE,
        CALLED_OFF
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Calls the attempt off; returns whether that came in time: it was not made, and never will be. */
    boolean callOff() {
        return state.compareAndSet(State.OPEN, State.CALLED_OFF) || state.get() == State.CALLED_OFF;
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder config) {
        ClientOverrideConfiguration.Builder settings = config.overrideConfiguration() == null
                ? ClientOverrideConfiguration.builder()
                : config.overrideConfiguration().toBuilder();
        config.overrideConfiguration(settings.retryStrategy(DefaultRetryStrategy.doNotRetry())
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (!state.compareAndSet(State.OPEN, State.MADE)) {
            throw new IllegalStateException("a compare-and-set was about to be sent again, or too late; stopped");
        }
    }
}
