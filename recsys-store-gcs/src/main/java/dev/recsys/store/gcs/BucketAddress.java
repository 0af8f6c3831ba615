package dev.recsys.store.gcs;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a store is.
 *
 * @param bucket the bucket's name
 * @param root what the name of every object begins with: empty, or a path with a slash at its end
 * @param endpoint the server to ask instead of the public one
 */
record BucketAddress(String bucket, String root, Optional<URI> endpoint) {
    private static final String FORM = "expected gs://BUCKET[/PREFIX][?endpoint=http(s)://HOST[:PORT]]";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*)?");
    private static final String ENDPOINT = "endpoint=";

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    BucketAddress {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("'" + bucket + "' is no bucket; expected 3 to 222 lower-case letters,"
                    + " digits and . _ - with a letter or digit at both ends");
        }
    }

    /** Returns the address of a prefix in a bucket at the public service. */
    static BucketAddress of(String bucket, String prefix) {
        return new BucketAddress(bucket, rootOf(prefix), Optional.empty());
    }

    /** Reads a URI; nothing that could be a secret is repeated in a message. */
    static BucketAddress parse(URI uri) {
        if (!"gs".equals(uri.getScheme()) || uri.getRawAuthority() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("not the address of a bucket; " + FORM);
        }
        String authority = uri.getRawAuthority();
        if (authority.contains("@")) {
            throw new IllegalArgumentException("an address holds no credentials; " + FORM);
        }
        String path = uri.getRawPath();
        return new BucketAddress(
                authority,
                rootOf(path.isEmpty() ? "" : path.substring(1)),
                Optional.ofNullable(uri.getRawQuery()).map(BucketAddress::endpointIn));
    }

    private static String rootOf(String prefix) {
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (!PREFIX.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("'" + prefix
                    + "' is no prefix; expected segments of ASCII letters, digits and . _ = - joined by /");
        }
        return trimmed.isEmpty() ? "" : trimmed + "/";
    }

    private static URI endpointIn(String query) {
        if (!query.startsWith(ENDPOINT) || query.contains("&")) {
            throw new IllegalArgumentException("the address of a bucket takes endpoint and nothing else; " + FORM);
        }
        String text = query.substring(ENDPOINT.length());
        requireHttp(text);
        URI endpoint = URI.create(text);
        if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null || hasMore(endpoint)) {
            throw new IllegalArgumentException("the endpoint is not http(s)://HOST[:PORT]; " + FORM);
        }
        return URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority());
    }

    private static void requireHttp(String endpoint) {
        if (endpoint.startsWith("http://") || endpoint.startsWith("https://")) {
            return;
        }
        boolean mayHoldASecret = endpoint.contains("@") || endpoint.contains("?");
        String found = mayHoldASecret ? "one with more than a host and a port" : "'" + endpoint + "'";
        throw new IllegalArgumentException(
                "the endpoint does not begin with http:// or https://, found " + found + "; " + FORM);
    }

    private static boolean hasMore(URI endpoint) {
        String path = endpoint.getRawPath();
        return !(path.isEmpty() || path.equals("/")) || endpoint.getRawQuery() != null;
    }

    /** Returns whether the way there is in clear text, on which no credentials go. */
    boolean isPlain() {
        return endpoint.map(uri -> "http".equals(uri.getScheme())).orElse(false);
    }

    /** Returns the address as a URI. */
    @Override
    public String toString() {
        String path = root.isEmpty() ? "" : "/" + root.substring(0, root.length() - 1);
        return "gs://" + bucket + path
                + endpoint.map(uri -> "?" + ENDPOINT + uri).orElse("");
    }
}
