package dev.recsys.testserver.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three ways to upload: the content alone, with its metadata in one request, or in chunks. */
final class Uploads {
    private static final int INCOMPLETE = 308;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:\\*|(\\d+)-(\\d+))/(\\*|\\d+)");

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** An upload in chunks: what came so far, and what it became in the end. */
    private static final class Session {
        final String name;
        final JsonNode metadata;
        final Preconditions conditions;
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        Optional<StoredObject> stored = Optional.empty();

        Session(String name, JsonNode metadata, Preconditions conditions) {
            this.name = name;
            this.metadata = metadata;
            this.conditions = conditions;
        }
    }

    void handle(Request request, Bucket bucket) throws IOException, Refusal {
        Optional<String> session = request.parameters().get("upload_id");
        if (session.isPresent()) {
            resume(request, bucket, session.get());
            return;
        }
        switch (request.parameters().get("uploadType", "")) {
            case "media" -> storeMedia(request, bucket);
            case "multipart" -> storeMultipart(request, bucket);
            case "resumable" -> begin(request, bucket);
            default -> throw Refusal.invalid("Invalid upload type");
        }
    }

    private static void storeMedia(Request request, Bucket bucket) throws IOException, Refusal {
        JsonNode metadata = Request.parse(new byte[0]);
        store(request, bucket, nameIn(request, metadata), request.body(), metadata);
    }

    private static void storeMultipart(Request request, Bucket bucket) throws IOException, Refusal {
        Multipart parts = Multipart.parse(request.header("Content-Type").orElse(""), request.body());
        JsonNode metadata = Request.parse(parts.metadata());
        store(request, bucket, nameIn(request, metadata), parts.content(), metadata);
    }

    private static void store(Request request, Bucket bucket, String name, byte[] content, JsonNode metadata)
            throws IOException, Refusal {
        Preconditions conditions = Preconditions.of(request.parameters());
        request.answerJson(
                200, bucket.insert(name, content, metadata, conditions).toJson(bucket.name()));
    }

    private static String nameIn(Request request, JsonNode metadata) throws Refusal {
        String name = request.parameters().get("name", metadata.path("name").asText());
        if (name.isEmpty()) {
            throw Refusal.invalid("Required");
        }
        return name;
    }

    private void begin(Request request, Bucket bucket) throws IOException, Refusal {
        JsonNode metadata = request.json();
        Preconditions conditions = Preconditions.of(request.parameters());
        String name = nameIn(request, metadata);
        bucket.requireForWrite(name, conditions);
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(name, metadata, conditions));
        request.setHeader(
                "Location",
                "http://" + request.header("Host").orElse("") + "/upload/storage/v1/b/" + bucket.name()
                        + "/o?uploadType=resumable&upload_id=" + id);
        request.answerNothing(200);
    }

    private void resume(Request request, Bucket bucket, String id) throws IOException, Refusal {
        Session session = sessions.get(id);
        if (session == null) {
            throw Refusal.noUpload();
        }
        if (request.method().equals("DELETE")) {
            sessions.remove(id);
            throw Refusal.cancelled();
        }
        byte[] chunk = request.body();
        synchronized (session) {
            append(
                    session,
                    chunk,
                    request.header("Content-Range").orElse("bytes 0-" + (chunk.length - 1) + "/" + chunk.length),
                    bucket);
            if (session.stored.isPresent()) {
                request.answerJson(200, session.stored.get().toJson(bucket.name()));
                return;
            }
            if (session.received.size() > 0) {
                request.setHeader("Range", "bytes=0-" + (session.received.size() - 1));
            }
            request.answerNothing(INCOMPLETE);
        }
    }

    private static void append(Session session, byte[] chunk, String contentRange, Bucket bucket) throws Refusal {
        Matcher range = CONTENT_RANGE.matcher(contentRange);
        if (!range.matches()) {
            throw Refusal.invalid("Invalid Content-Range: " + contentRange);
        }
        if (session.stored.isPresent()) {
            return;
        }
        int received = session.received.size();
        int first = range.group(1) == null ? received : Integer.parseInt(range.group(1));
        if (first > received) {
            throw Refusal.invalid("Invalid request. The content begins at " + first + ", expected at most " + received);
        }
        int known = Math.min(received - first, chunk.length); // sent again because an answer was lost
        session.received.write(chunk, known, chunk.length - known);
        boolean last = range.group(3).equals(Integer.toString(session.received.size()));
        if (last) {
            session.stored = Optional.of(
                    bucket.insert(session.name, session.received.toByteArray(), session.metadata, session.conditions));
        }
    }
}
