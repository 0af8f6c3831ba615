package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A store is opened without asking anybody, and not at all if it is not known where it is. */
final class OpeningTest {
    @BeforeEach
    void askNoMachine() {
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void askAgain() {
        System.clearProperty("aws.disableEc2Metadata");
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+", disabledReason = "then a region is known")
    void withoutARegionAStoreIsNotOpened() {
        assertThatThrownBy(() -> S3BlobStore.at(URI.create("s3://bucket/prefix")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix")
                .hasMessageContaining("?region=");
    }

    @Test
    void aStoreIsOpenedThoughNoServerIsThere() {
        try (S3BlobStore store = S3BlobStore.at(URI.create("s3://bucket/prefix?region=eu-central-1"))) {
            assertThat(store.location()).isEqualTo("s3://bucket/prefix?region=eu-central-1");
        }
    }
}
