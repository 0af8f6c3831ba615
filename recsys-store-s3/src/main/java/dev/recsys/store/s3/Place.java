package dev.recsys.store.s3;

import dev.recsys.store.BlobKey;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a store is: a bucket, and a prefix in it.
 *
 * @param bucket the bucket's name
 * @param prefix what every key begins with: empty, or a path without a slash at its ends
 * @param region the region to sign for; empty for the SDK's default
 * @param endpoint the server, where it is not that of AWS
 */
record Place(String bucket, String prefix, Optional<String> region, Optional<URI> endpoint) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_%-][A-Za-z0-9._%-]*)(/[A-Za-z0-9_%-][A-Za-z0-9._%-]*)*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int MAX_PREFIX_LENGTH = 100; // 1,024 bytes are a key's limit, and ours take up to 900

    Place {
        requireOrderedAndSingle(bucket);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "'" + printable(bucket) + "' is not the name of a bucket; expected 3 to 63 "
                            + "lower-case letters, digits, dots and hyphens");
        }
        if (!prefix.isEmpty()
                && (prefix.length() > MAX_PREFIX_LENGTH
                        || !PREFIX.matcher(prefix).matches())) {
            throw new IllegalArgumentException(
                    "'" + printable(prefix) + "' is not a prefix; expected segments of letters, "
                            + "digits and . _ - % joined by /, at most " + MAX_PREFIX_LENGTH + " characters");
        }
        region.filter(name -> !REGION.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "'" + printable(name) + "' is not a region; expected one such as eu-central-1");
        });
        endpoint.ifPresent(Place::requireEndpoint);
    }

    /** Reads {@code s3://bucket/prefix?region=..&endpoint=..}. */
    static Place of(URI uri) {
        if (!"s3".equals(uri.getScheme()) || uri.getRawAuthority() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URI of a store in S3 is s3://bucket/prefix?region=..&endpoint=..");
        }
        String authority = uri.getRawAuthority();
        if (authority.contains("@")) {
            throw new IllegalArgumentException("the URI of a store in S3 must not hold credentials; they come from the "
                    + "environment, the profile or the machine, as for every AWS tool");
        }
        Map<String, String> query = query(uri);
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return new Place(
                authority,
                path.replaceFirst("^/", "").replaceFirst("/$", ""),
                Optional.ofNullable(query.get("region")),
                Optional.ofNullable(query.get("endpoint")).map(Place::endpointIn));
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        if (uri.getRawQuery() == null) {
            return values;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] nameAndValue = pair.split("=", 2);
            boolean known = nameAndValue[0].equals("region") || nameAndValue[0].equals("endpoint");
            if (!known || nameAndValue.length < 2 || nameAndValue[1].isEmpty()) {
                throw new IllegalArgumentException("'" + printable(nameAndValue[0])
                        + "' in the URI of a store in S3 is not understood; expected region=.. and endpoint=..");
            }
            values.put(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    /** Refuses by their names the kinds of bucket that cannot keep the order of a listing, or one value a key. */
    private static void requireOrderedAndSingle(String bucket) {
        if (bucket.endsWith("--x-s3")) {
            throw new IllegalArgumentException(
                    "the bucket " + printable(bucket) + " is a directory bucket, which does not "
                            + "list in the order of keys; use a general purpose bucket");
        }
        if (bucket.endsWith(".mrap")) {
            throw new IllegalArgumentException(
                    printable(bucket) + " is a multi-region access point, behind which regions "
                            + "differ for a while; name the bucket of one region");
        }
    }

    private static URI endpointIn(String text) {
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            boolean mayHoldASecret = text.contains("@") || text.contains("?");
            String found = mayHoldASecret ? "one with more than a host and a port" : "'" + printable(text) + "'";
            throw new IllegalArgumentException("the endpoint does not begin with http:// or https://, found " + found
                    + "; expected an address such as http://127.0.0.1:9000");
        }
        return URI.create(text);
    }

    private static void requireEndpoint(URI endpoint) {
        boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException("an endpoint is an http or https address such as http://127.0.0.1:9000");
        }
        if (endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null) {
            throw new IllegalArgumentException("the endpoint " + endpoint.getScheme() + "://" + endpoint.getHost()
                    + " must hold neither credentials nor parameters");
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** Returns the object that holds a key's value. */
    String objectOf(BlobKey key) {
        return objectOf(key.path());
    }

    /** Returns what objects begin with whose keys begin with a path. */
    String objectOf(String path) {
        return prefix.isEmpty() ? path : prefix + "/" + path;
    }

    /** Returns an object's key; empty for an object that is none of this store's. */
    Optional<BlobKey> keyOf(String object) {
        String root = objectOf("");
        if (!object.startsWith(root) || !BlobKey.isKey(object.substring(root.length()))) {
            return Optional.empty();
        }
        return Optional.of(new BlobKey(object.substring(root.length())));
    }

    /** Returns the place as the URI that opens it. */
    @Override
    public String toString() {
        String parameters = Stream.of(
                        region.map(name -> "region=" + name), endpoint.map(server -> "endpoint=" + server))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix)
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }
}
