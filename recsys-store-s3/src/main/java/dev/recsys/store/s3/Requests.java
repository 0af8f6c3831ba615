package dev.recsys.store.s3;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What requests and answers have in common. */
final class Requests {
    private static final String BYTES = "application/octet-stream";

    private Requests() {}

    /** Bounds a call with all its attempts, and the transfer of its body, by the time that is left. */
    static AwsRequestOverrideConfiguration within(Deadline deadline) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(deadline.remaining())
                .build();
    }

    /** Returns the first bytes of an array as a body that can be sent again, without a copy. */
    static RequestBody bodyOf(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, length), length, BYTES);
    }

    /** Returns what S3 compares with the bytes that arrive, before it stores them. */
    static String checksumOf(byte[] bytes, int length) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(bytes, 0, length);
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    /** Returns the digest that S3 verified when the object was put at once; of one in parts there is none. */
    static Optional<Sha256> digestOf(HeadObjectResponse head) {
        String checksum = head.checksumSHA256();
        if (checksum == null || checksum.contains("-") || head.checksumType() == ChecksumType.COMPOSITE) {
            return Optional.empty();
        }
        return Optional.of(
                new Sha256(HexFormat.of().formatHex(Base64.getDecoder().decode(checksum))));
    }

    /**
     * Returns the version that an ETag names; empty where there is none. A proxy that compresses or caches marks an ETag
     * as weak: it is the same ETag, and S3 itself knows only the strong one.
     */
    static Optional<BlobVersion> versionOf(String etag) {
        String strong = etag == null ? "" : etag.startsWith("W/") ? etag.substring(2) : etag;
        boolean cut = strong.startsWith("\"") && (strong.length() < 2 || !strong.endsWith("\"")); // with the connection
        return strong.isEmpty() || cut ? Optional.empty() : Optional.of(new BlobVersion(strong));
    }
}
