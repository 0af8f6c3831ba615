package dev.recsys.store.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What it means when S3 does not simply answer "done": the one place where an answer, or the lack of one, is read.
 *
 * <p>A status is only taken for a statement of the store where it can be nothing else. A 404 without S3's own error code
 * may come from anything on the way, and means nothing.
 */
enum Answer {
    /** 304: the object has the version that was named. */
    NOT_MODIFIED,
    /** 412: the condition did not hold when the store looked. */
    CONDITION_FAILED,
    /** 409: another write was going on. What became of this one is not said. */
    CONFLICT,
    /** 404 with a code: no such object, said with authority. */
    NO_SUCH_KEY,
    /** 404 with a code: the bucket is wrong. Says nothing about any object. */
    NO_SUCH_BUCKET,
    /** 404 with a code: the multipart upload was completed or aborted before. */
    NO_SUCH_UPLOAD,
    /** 404 without a code, as on a HEAD. */
    NOT_FOUND_BY_ANYBODY,
    /** 401, 403, an expired token, no credentials: refused before the store looked at the object. */
    DENIED,
    /** 429: refused, come again more slowly. */
    TOO_FAST,
    /** Another 3xx or 4xx with which a request is turned away before it has any effect. */
    TURNED_AWAY,
    /** The request never reached a server: no address, no connection. */
    NEVER_LEFT,
    /** Anything else: 5xx, 503, a timeout, a reset, an interrupt, an answer that makes no sense. */
    UNCLEAR;

    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId", "SignatureDoesNotMatch");
    // of HTTP clients, the SDK's and its older ones: no connection in time, and none free in time
    private static final Set<String> BEFORE_CONNECTED =
            Set.of("ConnectTimeoutException", "ConnectionRequestTimeoutException", "ConnectionPoolTimeoutException");
    private static final Set<Integer> TURNING_AWAY = Set.of(301, 302, 303, 307, 308, 400, 405, 407, 411, 413, 414, 431);

    /** Reads a failure of the SDK. */
    static Answer of(Throwable failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofStatus(answer.statusCode(), codeOf(answer));
        }
        if (isMissingCredentials(failure)) {
            return DENIED;
        }
        return leftNever(failure) ? NEVER_LEFT : UNCLEAR;
    }

    private static Answer ofStatus(int status, String code) {
        if (CREDENTIAL_CODES.contains(code)) {
            return DENIED;
        }
        return switch (status) {
            case 304 -> NOT_MODIFIED;
            case 401, 403 -> DENIED;
            case 404 -> ofMissing(code);
            case 409 -> CONFLICT;
            case 412 -> CONDITION_FAILED;
            case 429 -> TOO_FAST;
            default -> TURNING_AWAY.contains(status) ? TURNED_AWAY : UNCLEAR;
        };
    }

    private static Answer ofMissing(String code) {
        return switch (code) {
            case "NoSuchKey" -> NO_SUCH_KEY;
            case "NoSuchBucket" -> NO_SUCH_BUCKET;
            case "NoSuchUpload" -> NO_SUCH_UPLOAD;
            default -> NOT_FOUND_BY_ANYBODY;
        };
    }

    /** Returns S3's own error code; empty if the answer had none. */
    static String codeOf(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Returns whether a request was not sent because the SDK found no credentials to sign it with. */
    static boolean isMissingCredentials(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Unable to load credentials");
    }

    /** Returns whether it failed in looking up the address or in connecting, which comes before the first byte. */
    private static boolean leftNever(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io && isBeforeTheFirstByte(io)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBeforeTheFirstByte(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || BEFORE_CONNECTED.contains(failure.getClass().getSimpleName());
    }
}
