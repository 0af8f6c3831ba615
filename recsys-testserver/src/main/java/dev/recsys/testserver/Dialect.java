package dev.recsys.testserver;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the bodies of the proxy's own errors are written, so that a store's SDK can read them. */
public enum Dialect {
    /** The XML of Amazon S3 and of what is compatible with it. */
    S3_XML("application/xml"),
    /** The JSON of Google Cloud Storage. */
    GCS_JSON("application/json; charset=UTF-8");

    private final String contentType;

    Dialect(String contentType) {
        this.contentType = contentType;
    }

    WireMessage error(int status) {
        String text = this == S3_XML ? xml(status) : json(status);
        return new WireMessage(
                "HTTP/1.1 " + status + " " + phrase(status),
                List.of(new WireField("Content-Type", contentType)),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private static String xml(int status) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + s3Code(status) + "</Code><Message>"
                + phrase(status) + " (by the fault proxy)</Message><RequestId>fault-proxy</RequestId></Error>";
    }

    private static String json(int status) {
        String message = phrase(status) + " (by the fault proxy)";
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"errors\":[{\"message\":\""
                + message + "\",\"domain\":\"global\",\"reason\":\"" + gcsReason(status) + "\"}]}}";
    }

    private static String s3Code(int status) {
        return switch (status) {
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 409 -> "ConditionalRequestConflict";
            case 412 -> "PreconditionFailed";
            case 429 -> "SlowDown";
            case 503 -> "ServiceUnavailable";
            default -> "InternalError";
        };
    }

    private static String gcsReason(int status) {
        return switch (status) {
            case 403 -> "forbidden";
            case 404 -> "notFound";
            case 409 -> "conflict";
            case 412 -> "conditionNotMet";
            case 429 -> "rateLimitExceeded";
            default -> "backendError";
        };
    }

    private static String phrase(int status) {
        return switch (status) {
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
