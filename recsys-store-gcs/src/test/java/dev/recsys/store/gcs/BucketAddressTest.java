package dev.recsys.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.store.BlobStore;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of stores. */
class BucketAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://releases",
                "gs://releases/prod",
                "gs://re-le_as.es1/a/B.c=1/d_e",
                "gs://releases?endpoint=http://127.0.0.1:4443",
                "gs://releases/prod?endpoint=https://storage-psc.p.googleapis.com",
            })
    void anAddressIsWrittenAsItWasRead(String address) {
        try (BlobStore store = GcsBlobStore.at(URI.create(address))) {
            assertThat(store.location()).isEqualTo(address);
        }
    }

    @Test
    void aSlashAtTheEndChangesNothing() {
        assertThat(BucketAddress.parse(URI.create("gs://releases/prod/?endpoint=http://localhost:1/")))
                .isEqualTo(BucketAddress.parse(URI.create("gs://releases/prod?endpoint=http://localhost:1")));
        assertThat(BucketAddress.parse(URI.create("gs://releases/"))).isEqualTo(BucketAddress.of("releases", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://releases",
                "releases",
                "gs:releases",
                "gs:///prod",
                "gs://Releases",
                "gs://re",
                "gs://releases/a//b",
                "gs://releases/%2e",
                "gs://releases:443/prod",
                "gs://releases#prod",
                "gs://releases?endpoint=",
                "gs://releases?endpoint=ftp://host",
                "gs://releases?endpoint=http://host/path",
                "gs://releases?region=eu",
            })
    void anythingElseIsRefused(String address) {
        assertThatThrownBy(() -> GcsBlobStore.at(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://user:hunter2@releases/prod",
                "gs://releases?key=hunter2",
                "gs://releases?endpoint=http://host&key=hunter2",
                "gs://releases?endpoint=http://user:hunter2@host",
                "gs://releases?endpoint=user:hunter2@host",
                "gs://releases?endpoint=host?key=hunter2",
                "gs://releases?endpoint=http://host/?key=hunter2",
            })
    void aSecretInAnAddressIsRefusedAndNotRepeated(String address) {
        assertThatThrownBy(() -> GcsBlobStore.at(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4443", "127.0.0.1:4443", "//host", "ftp://host", ""})
    void anEndpointWithoutASchemeIsRefusedWithWhatWasFound(String endpoint) {
        assertThatThrownBy(() -> GcsBlobStore.at(URI.create("gs://releases?endpoint=" + endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http:// or https://")
                .hasMessageContaining("found '" + endpoint + "'");
    }

    @Test
    void onlyPlainHttpGoesWithoutCredentials() {
        assertThat(BucketAddress.parse(URI.create("gs://releases")).isPlain()).isFalse();
        assertThat(BucketAddress.parse(URI.create("gs://releases?endpoint=https://host"))
                        .isPlain())
                .isFalse();
        assertThat(BucketAddress.parse(URI.create("gs://releases?endpoint=http://host"))
                        .isPlain())
                .isTrue();
    }
}
