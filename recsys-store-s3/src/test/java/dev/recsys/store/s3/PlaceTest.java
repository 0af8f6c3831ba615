package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.store.BlobKey;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
    private static Place place(String uri) {
        return Place.of(URI.create(uri));
    }

    @Test
    void aUriNamesBucketPrefixRegionAndEndpoint() {
        Place place = place("s3://bucket/some/prefix?region=eu-central-1&endpoint=http%3A%2F%2F127.0.0.1:9000");

        assertThat(place)
                .isEqualTo(new Place(
                        "bucket",
                        "some/prefix",
                        Optional.of("eu-central-1"),
                        Optional.of(URI.create("http://127.0.0.1:9000"))));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, a/current, a/current",
        "s3://bucket/, a/current, a/current",
        "s3://bucket/p, a/current, p/a/current",
        "s3://bucket/p/Q/, a/current, p/Q/a/current"
    })
    void aKeyIsBelowThePrefix(String uri, String key, String object) {
        assertThat(place(uri).objectOf(new BlobKey(key))).isEqualTo(object);
        assertThat(place(uri).keyOf(object)).contains(new BlobKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "p/", "q/a", "pa", "p/A", "p/a//b", "p/.hidden", "p/current/x", "P/a"})
    void anObjectThatIsNoKeyBelowThePrefixIsNoneOfTheStores(String object) {
        assertThat(place("s3://bucket/p").keyOf(object)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://bucket, s3://bucket/prefix",
        "s3:bucket, s3://bucket/prefix",
        "s3:///prefix, s3://bucket/prefix",
        "s3://b, 3 to 63",
        "s3://Bucket, 3 to 63",
        "s3://bucket/a//b, prefix",
        "s3://bucket/../b, prefix",
        "s3://bucket/a%20b/%00?x, x",
        "s3://bucket?region=, region",
        "s3://bucket?region=EU%0A, region",
        "s3://bucket?acl=private, acl",
        "s3://bucket?endpoint=ftp://x, ftp://x",
        "s3://bucket?endpoint=localhost:9000, localhost:9000",
        "s3://bucket?endpoint=127.0.0.1:9000, http:// or https://",
        "s3://bucket?endpoint=http://x?key=1, parameters",
        "s3://shop--euw1-az1--x-s3/p, directory bucket",
        "s3://abcdef.mrap/p, multi-region access point"
    })
    void anotherFormIsRefusedWithWhatWasExpected(String uri, String expected) {
        assertThatThrownBy(() -> place(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://AKIAEXAMPLE:hunter2@bucket/p",
                "s3://bucket/p?endpoint=http://AKIAEXAMPLE:hunter2@host:9000",
                "s3://bucket/p?endpoint=AKIAEXAMPLE:hunter2@host:9000",
                "s3://bucket/p?endpoint=host:9000?key=hunter2",
                "s3://bucket/p?secret=hunter2",
                "s3://bucket/p?AKIAEXAMPLE"
            })
    void credentialsInAUriAreRefusedAndNotRepeated(String uri) {
        assertThatThrownBy(() -> place(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket",
                "s3://bucket/p",
                "s3://bucket/p?region=eu-central-1",
                "s3://bucket/p?endpoint=http://127.0.0.1:9000",
                "s3://bucket/p?region=auto&endpoint=https://host"
            })
    void theLocationIsTheUriThatOpensThePlace(String uri) {
        assertThat(place(uri)).hasToString(uri);
    }
}
