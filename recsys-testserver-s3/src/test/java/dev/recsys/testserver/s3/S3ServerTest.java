package dev.recsys.testserver.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The server answers the real SDK as S3 does, where the store depends on it. */
final class S3ServerTest {
    private static final String BUCKET = "things";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final S3Server server = S3Server.start(
            0,
            List.of(BUCKET),
            (object, content) -> told.add(object + "=" + new String(content, StandardCharsets.UTF_8)));
    private final S3Client client = clientWith(S3Server.SECRET_KEY);

    private S3Client clientWith(String secretKey) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.of(S3Server.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, secretKey)))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String put(PutObjectRequest.Builder request, String body) {
        return client.putObject(request.bucket(BUCKET).build(), RequestBody.fromString(body))
                .eTag();
    }

    private String get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asString(StandardCharsets.UTF_8);
    }

    private static PutObjectRequest.Builder at(String key) {
        return PutObjectRequest.builder().key(key);
    }

    @Test
    void aWriteOverWhatIsThereIsRefusedIfNothingMayBeThere() {
        put(at("k").ifNoneMatch("*"), "first");

        assertThatThrownBy(() -> put(at("k").ifNoneMatch("*"), "second"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));

        assertThat(get("k")).isEqualTo("first");
    }

    @Test
    void aWriteOverAnotherVersionIsRefused() {
        String first = put(at("k"), "first");
        String second = put(at("k").ifMatch(first), "second");

        assertThatThrownBy(() -> put(at("k").ifMatch(first), "third"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));

        assertThat(get("k")).isEqualTo("second");
        assertThat(second).isNotEqualTo(first).startsWith("\"");
    }

    @Test
    void whatTookEffectIsToldInOrderAndWhatWasRefusedIsNot() {
        put(at("k").ifNoneMatch("*"), "first");
        assertThatThrownBy(() -> put(at("k").ifNoneMatch("*"), "refused")).isInstanceOf(S3Exception.class);
        put(at("k"), "second");

        assertThat(told).containsExactly("things/k=first", "things/k=second");
    }

    @Test
    void anUploadInPartsIsToldAsAWholeWhenItIsCompleted() {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(BUCKET).key("parts"))
                .uploadId();
        String etag = client.uploadPart(
                        request -> request.bucket(BUCKET)
                                .key("parts")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("whole"))
                .eTag();
        assertThat(told).isEmpty();

        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
        client.completeMultipartUpload(request ->
                request.bucket(BUCKET).key("parts").uploadId(upload).multipartUpload(parts -> parts.parts(part)));

        assertThat(told).containsExactly("things/parts=whole");
    }

    @Test
    void whatAnObjectHoldsIsSeenPastTheProtocol() {
        put(at("k"), "first");

        assertThat(server.contentOf(BUCKET, "k")).hasValue("first".getBytes(StandardCharsets.UTF_8));
        assertThat(server.contentOf(BUCKET, "other")).isEmpty();
    }

    @Test
    void aWriteOverAVersionOfWhatIsNotThereFindsNoSuchKey() {
        assertThatThrownBy(() -> put(at("k").ifMatch("\"0\""), "first")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void aWrongSecretIsRefused() {
        try (S3Client stranger = clientWith("another")) {
            assertThatThrownBy(() -> stranger.listObjectsV2(request -> request.bucket(BUCKET)))
                    .isInstanceOf(SdkException.class)
                    .hasMessageContaining("403");
        }
    }

    @Test
    void bytesThatDoNotHaveTheAnnouncedDigestAreRefused() {
        assertThatThrownBy(() -> put(at("k").checksumSHA256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), "first"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));

        assertThatThrownBy(() -> get("k")).isInstanceOf(NoSuchKeyException.class);
    }
}
