package dev.recsys.testserver.gcs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which part of a listing is asked for.
 *
 * @param prefix what names begin with
 * @param start the first name that may be listed
 * @param after the last name of the page before; empty at the first one
 * @param limit the largest number of names
 */
record Page(String prefix, String start, String after, int limit) {
    private static final int LONGEST = 1_000;

    static Page of(Parameters parameters) throws Refusal {
        for (String other : List.of("delimiter", "endOffset", "matchGlob", "versions", "softDeleted", "filter")) {
            if (!parameters.get(other, "false").equals("false")) {
                throw Refusal.invalid(other + " is not offered by this fake");
            }
        }
        long limit = parameters.number("maxResults").orElse(LONGEST);
        if (limit < 1) {
            throw Refusal.invalid("Invalid value for maxResults: " + limit);
        }
        return new Page(
                parameters.get("prefix", ""),
                parameters.get("startOffset", ""),
                nameIn(parameters.get("pageToken", "")),
                (int) Math.min(limit, LONGEST));
    }

    private static String nameIn(String token) throws Refusal {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("Invalid value for pageToken: " + token);
        }
    }

    private static String tokenOf(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Object> toJson(Bucket bucket) {
        List<StoredObject> found = bucket.list(prefix, start, after, limit + 1);
        List<StoredObject> listed = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "storage#objects");
        if (found.size() > limit) {
            json.put("nextPageToken", tokenOf(listed.get(limit - 1).name()));
        }
        if (!listed.isEmpty()) {
            json.put(
                    "items",
                    listed.stream().map(object -> object.toJson(bucket.name())).toList());
        }
        return json;
    }
}
