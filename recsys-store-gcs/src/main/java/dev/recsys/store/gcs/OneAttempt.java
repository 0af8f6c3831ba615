package dev.recsys.store.gcs;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import java.io.InterruptedIOException;

/**
 * Transport options under which a request goes out once, whatever comes back. Below the client library's own retries
 * there is an HTTP layer that by itself sends again after a 401 (with a new token) and after a redirect.
 */
final class OneAttempt extends HttpTransportOptions {
    private final transient HttpTransportOptions given;

    OneAttempt(HttpTransportOptions given) {
        super(given.toBuilder());
        this.given = given;
    }

    @Override
    public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
        HttpRequestInitializer before = given.getHttpRequestInitializer(options);
        return request -> {
            before.initialize(request); // may wait for a token
            limit(request);
        };
    }

    private static void limit(HttpRequest request) throws InterruptedIOException {
        request.setNumberOfRetries(0); // a 401 still gets a new token, for the caller's next attempt
        request.setFollowRedirects(false);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("given up before it was sent");
        }
    }
}
