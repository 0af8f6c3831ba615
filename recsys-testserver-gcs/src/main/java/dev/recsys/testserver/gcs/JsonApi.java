package dev.recsys.testserver.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;

/** Finds out which method of the API a request calls. */
final class JsonApi implements HttpHandler {
    private final Buckets buckets;
    private final Uploads uploads;

    JsonApi(Buckets buckets) {
        this.buckets = buckets;
        this.uploads = new Uploads();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(exchange);
            try {
                route(request);
            } catch (Refusal e) {
                refuse(request, e);
            }
        }
    }

    private static void refuse(Request request, Refusal refusal) throws IOException {
        if (refusal.status() == 304) {
            request.answerNothing(304); // has no body by definition
            return;
        }
        request.answerJson(refusal.status(), refusal.toJson());
    }

    /** The paths: {@code [upload|download/]storage/v1/b[/BUCKET[/o[/OBJECT]]]}. */
    private void route(Request request) throws IOException, Refusal {
        List<String> segments = request.segments();
        boolean upload = segments.get(0).equals("upload");
        boolean download = segments.get(0).equals("download");
        List<String> path = upload || download ? segments.subList(1, segments.size()) : segments;
        if (path.size() < 3 || !path.subList(0, 3).equals(List.of("storage", "v1", "b"))) {
            throw Refusal.notFound(String.join("/", segments));
        }
        if (path.size() == 3) {
            buckets(request);
            return;
        }
        Bucket bucket = buckets.get(path.get(3));
        if (path.size() == 4) {
            bucket(request, bucket);
        } else if (path.size() == 5 && upload) {
            uploads.handle(request, bucket);
        } else if (path.size() == 5) {
            objects(request, bucket);
        } else {
            object(request, bucket, path.get(5), download);
        }
    }

    private void buckets(Request request) throws IOException, Refusal {
        requireMethod(request, "POST");
        String name = request.json().path("name").asText();
        Bucket created = buckets.create(name)
                .orElseThrow(() -> Refusal.conflict(
                        "Your previous request to create the named bucket succeeded and you" + " already own it."));
        request.answerJson(200, created.toJson());
    }

    private void bucket(Request request, Bucket bucket) throws IOException, Refusal {
        switch (request.method()) {
            case "GET" -> request.answerJson(200, bucket.toJson());
            case "DELETE" -> {
                buckets.delete(bucket.name());
                request.answerNothing(204);
            }
            default -> throw unsupported(request);
        }
    }

    private static void objects(Request request, Bucket bucket) throws IOException, Refusal {
        requireMethod(request, "GET");
        Page page = Page.of(request.parameters());
        request.answerJson(200, page.toJson(bucket));
    }

    private static void object(Request request, Bucket bucket, String name, boolean download)
            throws IOException, Refusal {
        Preconditions conditions = Preconditions.of(request.parameters());
        switch (request.method()) {
            case "GET" -> {
                StoredObject found = bucket.get(name, conditions);
                if (download || request.parameters().get("alt", "json").equals("media")) {
                    Media.answer(request, found);
                } else {
                    request.answerJson(200, found.toJson(bucket.name()));
                }
            }
            case "PATCH" ->
                request.answerJson(
                        200, bucket.patch(name, request.json(), conditions).toJson(bucket.name()));
            case "DELETE" -> {
                bucket.delete(name, conditions);
                request.answerNothing(204);
            }
            default -> throw unsupported(request);
        }
    }

    private static void requireMethod(Request request, String method) throws Refusal {
        if (!request.method().equals(method)) {
            throw unsupported(request);
        }
    }

    private static Refusal unsupported(Request request) {
        return Refusal.invalid(request.method() + " is not offered here by this fake");
    }
}
