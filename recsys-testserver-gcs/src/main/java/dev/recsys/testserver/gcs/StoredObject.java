package dev.recsys.testserver.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One object as it is at one moment.
 *
 * @param name its name
 * @param generation the content's identity
 * @param metageneration how often its metadata changed, from 1
 * @param bytes the content, which nobody changes
 * @param metadata what the client said of it: its content type and the like
 * @param checksums those of the content
 */
@SuppressWarnings("ArrayRecordComponent") // compared by generation, never by equals
record StoredObject(
        String name, long generation, long metageneration, byte[] bytes, JsonNode metadata, Checksums checksums) {
    /**
     * What the service computes of every content, each in base64.
     *
     * @param crc32c its CRC-32C, the highest byte first
     * @param md5 its MD5
     */
    record Checksums(String crc32c, String md5) {
        static Checksums of(byte[] bytes) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            byte[] crcBytes = ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array();
            return new Checksums(base64(crcBytes), base64(md5Of(bytes)));
        }

        private static byte[] md5Of(byte[] bytes) {
            try {
                return MessageDigest.getInstance("MD5").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has MD5", e);
            }
        }
    }

    /** Makes a new object, unless its content is not what its sender said it is. */
    static StoredObject of(String name, long generation, byte[] bytes, JsonNode metadata) throws Refusal {
        Checksums checksums = Checksums.of(bytes);
        requireEqual("CRC32C", metadata.path("crc32c").asText(checksums.crc32c()), checksums.crc32c());
        requireEqual("MD5 hash", metadata.path("md5Hash").asText(checksums.md5()), checksums.md5());
        return new StoredObject(name, generation, 1, bytes, metadata, checksums);
    }

    StoredObject withMetadata(JsonNode changed) {
        return new StoredObject(name, generation, metageneration + 1, bytes, changed, checksums);
    }

    String contentType() {
        return metadata.path("contentType").asText("application/octet-stream");
    }

    String etag() {
        return base64(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(generation)
                .putLong(metageneration)
                .array());
    }

    String crc32c() {
        return checksums.crc32c();
    }

    String md5() {
        return checksums.md5();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void requireEqual(String what, String announced, String found) throws Refusal {
        if (!announced.equals(found)) {
            throw Refusal.invalid("Provided " + what + " \"" + announced + "\" doesn't match calculated " + what + " \""
                    + found + "\".");
        }
    }

    Map<String, Object> toJson(String bucket) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "storage#object");
        json.put("id", bucket + "/" + name + "/" + generation);
        json.put("name", name);
        json.put("bucket", bucket);
        json.put("generation", Long.toString(generation));
        json.put("metageneration", Long.toString(metageneration));
        json.put("contentType", contentType());
        json.put("storageClass", "STANDARD");
        json.put("size", Integer.toString(bytes.length));
        json.put("md5Hash", md5());
        json.put("crc32c", crc32c());
        json.put("etag", etag());
        json.put("timeCreated", Instant.EPOCH.toString());
        json.put("updated", Instant.EPOCH.toString());
        if (metadata.has("metadata")) {
            json.put("metadata", metadata.get("metadata"));
        }
        return json;
    }
}
