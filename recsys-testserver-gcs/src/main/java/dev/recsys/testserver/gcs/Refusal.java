package dev.recsys.testserver.gcs;

import java.util.List;
import java.util.Map;

/** An answer other than success, in the form that the API documents. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    private Refusal(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "invalid", message);
    }

    static Refusal noBucket() {
        return new Refusal(404, "notFound", "The specified bucket does not exist.");
    }

    static Refusal noObject(String bucket, String name) {
        return new Refusal(404, "notFound", "No such object: " + bucket + "/" + name);
    }

    static Refusal noUpload() {
        return new Refusal(404, "notFound", "Upload session not found.");
    }

    static Refusal notFound(String path) {
        return new Refusal(404, "notFound", "Not Found: " + path);
    }

    static Refusal conflict(String message) {
        return new Refusal(409, "conflict", message);
    }

    static Refusal notModified() {
        return new Refusal(304, "notModified", "Not Modified");
    }

    static Refusal conditionNotMet() {
        return new Refusal(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    static Refusal rangeNotSatisfiable() {
        return new Refusal(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
    }

    static Refusal tooFast(String object) {
        return new Refusal(
                429,
                "rateLimitExceeded",
                "The object " + object + " exceeded the rate limit for object mutation operations (create, update, and"
                        + " delete). Please reduce your request rate.");
    }

    static Refusal cancelled() {
        return new Refusal(499, "clientClosedRequest", "The upload was cancelled.");
    }

    int status() {
        return status;
    }

    Map<String, Object> toJson() {
        String message = String.valueOf(getMessage());
        Map<String, Object> error = Map.of("message", message, "domain", "global", "reason", reason);
        return Map.of("error", Map.of("code", status, "message", message, "errors", List.of(error)));
    }
}
