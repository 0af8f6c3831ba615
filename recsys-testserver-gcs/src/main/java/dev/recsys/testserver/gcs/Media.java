package dev.recsys.testserver.gcs;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives out content, whole or a range of it. */
final class Media {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private Media() {}

    static void answer(Request request, StoredObject found) throws IOException, Refusal {
        request.setHeader("Content-Type", found.contentType());
        request.setHeader("ETag", found.etag());
        request.setHeader("x-goog-generation", Long.toString(found.generation()));
        request.setHeader("x-goog-metageneration", Long.toString(found.metageneration()));
        request.setHeader("x-goog-hash", "crc32c=" + found.crc32c() + ",md5=" + found.md5());
        request.setHeader("x-goog-stored-content-encoding", "identity");
        request.setHeader("x-goog-stored-content-length", Integer.toString(found.bytes().length));
        request.setHeader("Accept-Ranges", "bytes");
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        if (range.matches()) {
            answerRange(request, found, range);
        } else {
            request.answer(200, found.bytes());
        }
    }

    private static void answerRange(Request request, StoredObject found, Matcher range) throws IOException, Refusal {
        int size = found.bytes().length;
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        if (first >= size || last < first) {
            request.setHeader("Content-Range", "bytes */" + size);
            throw Refusal.rangeNotSatisfiable();
        }
        int end = (int) Math.min(last, size - 1L) + 1;
        request.setHeader("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + size);
        request.answer(206, Arrays.copyOfRange(found.bytes(), (int) first, end));
    }
}
