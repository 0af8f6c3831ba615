package dev.recsys.store.s3;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of a store: one that never sends anything twice, for swaps, and one that tries again, for all else.
 *
 * @param swaps for compare-and-sets
 * @param others for reads, creates, deletes and listings
 * @param owned what to close with the store
 */
record Clients(S3Client swaps, S3Client others, List<SdkAutoCloseable> owned) {
    // A swap takes a new connection: one that was idle may be closed at the other end already, and then the
    // outcome would be unknown for no other reason. Swaps are rare enough.
    private static final Duration SWAP_CONNECTION_AGE = Duration.ofMillis(1);
    private static final String REGION_OF_OTHERS = "us-east-1"; // servers that are not AWS's take it

    /** Uses a client that is the caller's and stays so. */
    static Clients of(S3Client callers) {
        return new Clients(callers, callers, List.of());
    }

    /**
     * Makes clients for a place.
     *
     * @throws IllegalArgumentException if no region is given or configured
     */
    static Clients open(Place place) {
        SdkHttpClient once = Apache5HttpClient.builder()
                .connectionTimeToLive(SWAP_CONNECTION_AGE)
                .expectContinueEnabled(false)
                .build();
        SdkHttpClient often = Apache5HttpClient.create();
        try {
            S3Client swaps = client(place, once, DefaultRetryStrategy.doNotRetry());
            S3Client others = client(place, often, AwsRetryStrategy.standardRetryStrategy());
            return new Clients(swaps, others, List.of(swaps, others, once, often));
        } catch (SdkClientException e) {
            once.close();
            often.close();
            throw new IllegalArgumentException(
                    place + " cannot be opened: " + e.getMessage()
                            + ". Name the region, as in s3://bucket/prefix?region=eu-central-1, or set AWS_REGION",
                    e);
        }
    }

    void close() {
        owned.forEach(SdkAutoCloseable::close);
    }

    private static S3Client client(Place place, SdkHttpClient http, RetryStrategy retries) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                // every body already comes with its SHA-256 in a header; a trailer instead would need aws-chunked
                // encoding, which older servers store as if it were content
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .overrideConfiguration(settings -> settings.retryStrategy(retries));
        place.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint)
                        .forcePathStyle(true)
                        .region(Region.of(place.region().orElse(REGION_OF_OTHERS))));
        place.region().map(Region::of).ifPresent(builder::region);
        return builder.build();
    }
}
