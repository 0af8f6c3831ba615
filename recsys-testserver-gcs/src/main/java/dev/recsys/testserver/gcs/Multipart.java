package dev.recsys.testserver.gcs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two parts of an upload in one request.
 *
 * @param metadata the object resource, as JSON
 * @param content the object's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Multipart(byte[] metadata, byte[] content) {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/related;.*boundary=\"?([^\";]+)\"?.*");
    private static final String LINE = "\r\n";

    static Multipart parse(String contentType, byte[] body) throws Refusal {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) {
            throw Refusal.invalid("Invalid multipart request: no boundary in " + contentType);
        }
        String mark = "--" + boundary.group(1);
        String text = new String(body, StandardCharsets.ISO_8859_1); // one character a byte
        int first = text.indexOf(mark);
        int second = text.indexOf(LINE + mark, first + mark.length());
        int end = text.lastIndexOf(LINE + mark + "--");
        if (first < 0 || second < 0 || end <= second) {
            throw Refusal.invalid("Invalid multipart request with 0 mime parts.");
        }
        return new Multipart(
                part(text, first + mark.length(), second), part(text, second + LINE.length() + mark.length(), end));
    }

    /** Returns what comes after the headers of a part. */
    private static byte[] part(String text, int start, int end) throws Refusal {
        int headersEnd = text.indexOf(LINE + LINE, start);
        if (headersEnd < 0 || headersEnd > end) {
            throw Refusal.invalid("Invalid multipart request: a part without headers");
        }
        return text.substring(headersEnd + 2 * LINE.length(), end).getBytes(StandardCharsets.ISO_8859_1);
    }
}
